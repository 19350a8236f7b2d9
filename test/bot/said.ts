import { expect } from "vitest";
import type { Command } from "../../src/bot/command.ts";
import type { Desk } from "../../src/bot/review/desk.ts";
import { route } from "../../src/bot/routes.ts";
import type { Message } from "../../src/domain/message.ts";
import { blockProblems } from "../../src/sandbox/fake-slack/validate/blocks.ts";
import type { OverviewResult } from "../../src/steps/overview-results.ts";
import type { PauseResult } from "../../src/steps/pause-results.ts";
import type { ListWatchesResult, RunStatusResult, StartWatchResult, StopWatchResult } from "../../src/steps/results.ts";
import type { ExportResult, FoldResult } from "../../src/steps/review-results.ts";
import { actions } from "./support.ts";

export const CARD = "https://acme.slack.com/archives/C1/p1764000000000001";

/** The time of all that is said here. */
export const NOW = Date.parse("2026-11-24T12:00:00Z");

/** What is said when a step comes back with this result. */
export async function said(
  command: Command,
  result:
    | StartWatchResult
    | StopWatchResult
    | ListWatchesResult
    | RunStatusResult
    | ExportResult
    | FoldResult
    | PauseResult
    | OverviewResult
    | null,
) {
  const give = async () => result as never;
  const message = await route(command, {
    actions: actions({
      startWatch: give,
      stopWatch: give,
      listWatches: give,
      runStatus: give,
      exportReviews: give,
      setFold: give,
      pauseWatch: give,
      resumeWatch: give,
      muteWatch: give,
      overview: give,
    }),
    asker: { userId: "U1", userName: "ann", channelId: "C1", channelName: "research", responseUrl: null },
    botUserId: "UBOT",
    triggerId: "1.2.3",
    desk: { now: () => NOW } as Desk,
  });
  if (message === null) throw new Error("nothing was said");
  return message;
}

/** A message names what is and what to do, in its text and in its blocks, and is one that Slack takes. */
export function expectToSay(message: Message, expected: readonly string[]): void {
  const shown = JSON.stringify(message.blocks);
  for (const part of expected) {
    expect(shown).toContain(JSON.stringify(part).slice(1, -1));
    if (part !== CARD) expect(message.text).toContain(part);
  }
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expect(blockProblems([...message.blocks], "message")).toEqual([]);
}
