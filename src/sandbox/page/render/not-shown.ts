import { asText } from "../../fake-slack/validate/checks.ts";
import { type Html, html } from "./html.ts";
import { typeName } from "./json.ts";

/** A box that names what is there and not rendered, with all of it to unfold: nothing is dropped silently. */
export function notShown(what: string, value: unknown): Html {
  return namedBox(`${what} “${typeName(value)}” is not shown here`, value);
}

/** A dashed box that says in words what stands there, with all of it to unfold. */
export function namedBox(words: string | Html, value: unknown): Html {
  return html`<details class="b-named"><summary>${words}</summary><code class="b-json">${jsonOf(value)}</code></details>`;
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, null, 1) ?? asText(value);
}
