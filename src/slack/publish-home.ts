import type { WebClient } from "@slack/web-api";
import { classifySlackError, type SendFailure } from "./errors.ts";
import type { HomeTab } from "./views/home.ts";

export type PublishResult =
  | { readonly kind: "published" /** Names this version of the view. */; readonly hash: string | null }
  /** Another version was published since the one that `onlyAfter` names. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "failed"; readonly failure: SendFailure };

/**
 * Shows a person their Home tab (`views.publish`). May be repeated at will.
 * @param onlyAfter the version that this one may take the place of; null: whatever is there
 */
export async function publishHome(
  web: WebClient,
  user: string,
  view: HomeTab,
  onlyAfter: string | null,
): Promise<PublishResult> {
  try {
    const condition = onlyAfter === null ? {} : { hash: onlyAfter };
    const answer = await web.views.publish({ user_id: user, view: view as never, ...condition });
    return { kind: "published", hash: answer.view?.hash ?? null };
  } catch (error) {
    const failure = classifySlackError(error, "update");
    return failure.code === "hash_conflict" ? { kind: "overtaken" } : { kind: "failed", failure };
  }
}
