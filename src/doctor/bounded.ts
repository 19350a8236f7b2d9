import { type Finding, fail } from "./finding.ts";

/** A little more than a check gives itself, so that its own words come first. */
const GRACE_MS = 500;

/** The last net under a check: however it ends, and even if it never does, there is a line for it. */
export async function bounded(
  subject: string,
  limitMs: number,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Finding[]>((resolve) => {
    const finding = fail(
      subject,
      `not finished within ${limitMs / 1_000} s`,
      "run this again; look at what it waits for",
    );
    timer = setTimeout(() => resolve([finding]), limitMs + GRACE_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [fail(subject, `could not be checked (${name})`, "a fault of the doctor's: please report it")];
  } finally {
    clearTimeout(timer);
  }
}
