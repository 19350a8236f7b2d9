/// <reference lib="dom" />

const TOAST_MS = 7_000;

/** What an act gave back; null when it could not be done, which the person has then been told. */
export type Outcome = Readonly<Record<string, unknown>> | null;

/** Does something on the server. Trouble is shown, not thrown. */
export async function post(act: string, body: object): Promise<Outcome> {
  try {
    const answer = await fetch(`/api/${act}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as Readonly<Record<string, unknown>>;
    if (typeof result.error === "string") toast(result.error);
    return answer.ok ? result : null;
  } catch {
    toast("The sandbox does not answer.");
    return null;
  }
}

/** As `post`, with the control marked busy meanwhile. */
export async function postFrom(control: Element, act: string, body: object): Promise<Outcome> {
  control.setAttribute("aria-busy", "true");
  try {
    return await post(act, body);
  } finally {
    control.removeAttribute("aria-busy");
  }
}

/** Says something that goes away by itself. */
export function toast(words: string): void {
  const line = document.createElement("p");
  line.textContent = words;
  document.querySelector("#toasts")?.append(line);
  setTimeout(() => line.remove(), TOAST_MS);
}
