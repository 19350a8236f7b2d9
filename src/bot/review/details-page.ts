import type { Person } from "../../domain/review.ts";
import { renderDetails } from "../../slack/views/details.ts";
import type { DetailsState } from "../../slack/views/details-state.ts";
import type { BotActions } from "../deps.ts";
import { refusedFor } from "../replies/refusal-words.ts";
import type { Page } from "./open-window.ts";

/** Everything about a candidate, for one person. */
export async function detailsPage(actions: BotActions, by: Person, state: DetailsState): Promise<Page> {
  const result = await actions.readCandidate(state.key, by);
  if (result.kind !== "candidate") return refusedFor(result);
  return { view: renderDetails(result.item, state, by) };
}
