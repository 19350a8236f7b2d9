import { FORGED_WORDS } from "../replies/forged-click.ts";
import type { Desk } from "./desk.ts";

/** What a click in a modal leads to: another view in its place, or a line on top of the one that is there. */
export type NextView =
  | {
      readonly view: object;
      /** It is shown also when the view has changed since the click, since it says something that must be seen. */
      readonly insist?: boolean;
    }
  /** Finished mrkdwn. */
  | { readonly notice: string };

/** A forged click: logged, answered, and nothing done. */
export function forgedView(desk: Desk): NextView {
  desk.onTrouble("forged", null);
  return { notice: FORGED_WORDS };
}
