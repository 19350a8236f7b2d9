import { codeOfStatus } from "../findall/error-answer.ts";
import { fieldsOf, type Question, type Reply } from "./ask.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { sourceOf } from "./token-kinds.ts";

const SUBJECT = "Parallel";

/** Of the shape of an id (findall-api 4.3), and nobody's: 404 is the answer to a good key. */
const NOBODYS_RUN = `findall_${"0".repeat(32)}`;

/** The cheapest call there is: a GET is not counted against any limit (findall-api 11) and changes nothing. */
export function parallelQuestion(baseUrl: string, apiKey: string): Question {
  const headers = { accept: "application/json", "x-api-key": apiKey, "parallel-beta": "findall-2025-09-15" };
  return { method: "GET", url: `${baseUrl}/v1beta/findall/runs/${NOBODYS_RUN}`, headers };
}

/** What the answer says of the key. */
export function parallelFinding(baseUrl: string, reply: Reply): Finding {
  const { host } = new URL(baseUrl);
  if (reply.kind === "none")
    return fail(SUBJECT, `${host} cannot be asked: ${reply.obstacle.text}`, reply.obstacle.mend);
  const { status, body } = reply;
  const stranger = fail(
    SUBJECT,
    `what answers at ${host} (status ${status}) is not the FindAll API`,
    "check PARALLEL_BASE_URL (https://api.parallel.ai), and what a proxy puts in between",
  );
  if (status < 400) return status === 200 && "findall_id" in fieldsOf(body) ? ok(SUBJECT, "key accepted") : stranger;
  switch (codeOfStatus(status)) {
    case "unauthorized":
      return fail(SUBJECT, `the key is refused (${status})`, `${sourceOf("PARALLEL_API_KEY")} and restart the service`);
    case "not_found":
      // Every web server answers 404 somewhere; only the API says it in its own shape. FastAPI's bare `detail` means
      // that the path does not exist.
      return "error" in fieldsOf(body) ? ok(SUBJECT, "key accepted") : stranger;
    case "payment_required":
      return warn(SUBJECT, "the account has no credit left", "add credit at platform.parallel.ai");
    case "rate_limited":
      return warn(SUBJECT, "Parallel takes no more calls for now", "run this again in a minute");
    case "invalid_id":
      return warn(
        SUBJECT,
        `${host} answers, but not in a way that tells whether the key is good (${status})`,
        "follow a run in Slack to see",
      );
    default:
      return fail(SUBJECT, `${host} answered ${status}`, "run this again in some minutes; if it stays, ask Parallel");
  }
}
