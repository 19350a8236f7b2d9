import type { FakeSlack } from "./fake-slack/index.ts";
import { type StoryPlay, findStory } from "./stories/player.ts";

/** What is wrong with what a channel shows of a story that is over; empty when it ended as it should. */
export function judgeStory(slack: FakeSlack, play: StoryPlay, channel: string): readonly string[] {
  const { expectation, id } = play.story;
  const messages = slack.channel(channel).messages();
  const ofType = (type: string) => messages.filter((message) => message.metadata?.event_type === type);
  const cards = ofType("findall_card");
  const completions = ofType("findall_completion");
  const candidates = ofType("findall_candidates");
  const shown = play.run.matchedIds.filter((candidate) => {
    const name = nameOf(play, candidate);
    return candidates.some((message) => slack.textOf(message).includes(name));
  });
  const { tooFast, rateLimited } = slack.stats();
  const checks: readonly (readonly [boolean, string])[] = [
    [cards.length === 1, `${cards.length} cards instead of one`],
    [completions.length === expectation.ends, `${completions.length} completion alerts instead of ${expectation.ends}`],
    [shown.length === expectation.matched, `${shown.length} of ${expectation.matched} matches are in the thread`],
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

function nameOf(play: StoryPlay, candidateId: string): string {
  const { candidates } = play.run.resultBody() as { candidates: { candidate_id: string; name: string }[] };
  return candidates.find((row) => row.candidate_id === candidateId)?.name ?? candidateId;
}
