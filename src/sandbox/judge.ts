import { entryIdOf } from "../domain/ids.ts";
import type { FakeSlack } from "./fake-slack/index.ts";
import { findStory, type StoryPlay } from "./stories/player.ts";

/** What is wrong with what a channel shows of a story that is over; empty when it ended as it should. */
export function judgeStory(slack: FakeSlack, play: StoryPlay, channel: string): readonly string[] {
  const { expectation, id } = play.story;
  const messages = slack.channel(channel).messages();
  const ofType = (type: string) => messages.filter((message) => message.metadata?.event_type === type);
  const cards = ofType("findall_card");
  const completions = ofType("findall_completion");
  const candidates = ofType("findall_candidates");
  const watch = String(cards[0]?.metadata?.event_payload.watch);
  const posted = candidates.flatMap((message) => String(message.metadata?.event_payload.candidates).split(" "));
  const missing = play.run.matchedIds.filter((id) => !posted.includes(entryIdOf(watch, "candidate", id)));
  const { tooFast, rateLimited } = slack.stats();
  const checks: readonly (readonly [boolean, string])[] = [
    [cards.length === 1, `${cards.length} cards instead of one`],
    [completions.length === expectation.ends, `${completions.length} completion alerts instead of ${expectation.ends}`],
    [missing.length === 0, `${missing.length} matches are not in the thread`],
    [
      posted.length === expectation.posted,
      `${posted.length} candidates in the thread instead of ${expectation.posted}`,
    ],
    [new Set(posted).size === posted.length, "a candidate is in the thread twice"],
    [tooFast === 0, `${tooFast} messages followed another within a second`],
    [rateLimited === 0, `Slack answered 429 ${rateLimited} times`],
    [slack.problems().length === 0, slack.problems().join("; ")],
  ];
  return checks.filter(([isGood]) => !isGood).map(([, complaint]) => `${id}: ${complaint}`);
}

/** Whether everything a story promises has reached the channel, so that it can be judged. */
export function isStoryTold(slack: FakeSlack, play: StoryPlay, channel: string): boolean {
  const completions = slack
    .channel(channel)
    .messages()
    .filter((message) => message.metadata?.event_type === "findall_completion");
  return play.isOver && completions.length >= (findStory(play.story.id)?.expectation.ends ?? 1);
}
