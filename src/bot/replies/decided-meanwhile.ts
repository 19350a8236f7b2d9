import type { Message } from "../../domain/message.ts";
import { type Person, type ReviewAct, standing, VERDICTS } from "../../domain/review.ts";
import { actions, button } from "../../slack/blocks.ts";
import { ACTIONS, actionOf } from "../../slack/controls.ts";

import type { ReviewItem } from "../../steps/review-results.ts";
import {
  candidateName,
  capitalized,
  DECIDED,
  personName,
  seeMessage,
  VERDICT_LABEL,
  whenDecided,
  wishOf,
} from "./review-words.ts";
import { say } from "./say.ts";

/** Somebody was quicker: who decided what and when, and a button for each wish that is still open. */
export function decidedMeanwhile(item: ReviewItem, act: ReviewAct, by: Person): Message {
  const message = say(`${meanwhileWords(item, act, by)}${seeMessage(item)}`, "One more click changes it:");
  return { ...message, blocks: [...message.blocks, actions(item.key, openWishes(item, act))] };
}

/** What happened to a candidate since the person looked at it. */
export function meanwhileWords(item: ReviewItem, act: ReviewAct, by: Person): string {
  const name = candidateName(item);
  const decision = standing(item.review);
  if (decision) {
    const who = capitalized(personName(decision.by, by));
    const what = `${who} ${DECIDED[decision.verdict]} ${name} meanwhile (${whenDecided(decision)})`;
    return decision.verdict === wishOf(act)
      ? `${what}: it stands as you wanted.`
      : `${what}, so your click was not counted.`;
  }
  const undone = item.review.events.findLast(({ what }) => what === "undone");
  if (!undone) return `${capitalized(name)} was changed meanwhile, so your click was not counted.`;
  const who = capitalized(personName(undone.by, by));
  return `${who} took the decision on ${name} back meanwhile (${whenDecided(undone)}), so your click was not counted.`;
}

/** The wish of the click comes first; what stands already is no wish. */
function openWishes(item: ReviewItem, act: ReviewAct) {
  const stands = standing(item.review)?.verdict ?? null;
  const wish = wishOf(act);
  const revision = String(item.review.revision);
  const verdicts = VERDICTS.filter((verdict) => verdict !== stands).sort(
    (a, b) => Number(b === wish) - Number(a === wish),
  );
  const undo = act.kind === "undo" && stands !== null ? [button("Undo that", ACTIONS.undo, { value: revision })] : [];
  return [
    ...undo,
    ...verdicts.map((verdict) =>
      button(stands ? `${VERDICT_LABEL[verdict]} instead` : VERDICT_LABEL[verdict], actionOf(verdict), {
        value: revision,
      }),
    ),
  ];
}
