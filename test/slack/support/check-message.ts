import { expect } from "vitest";
import type { Candidate } from "../../../src/domain/candidate.ts";
import type { Message } from "../../../src/domain/message.ts";
import { liveContentOf } from "../../../src/sandbox/fake-slack/live-content.ts";
import { blockProblems, isTooLong } from "../../../src/sandbox/fake-slack/validate/blocks.ts";
import { checkUrl } from "../../../src/slack/links.ts";

/** As Slack would read the text if nobody had asked it not to look for names and URLs. */
const EAGER = { mrkdwn: true, linkNames: true, parse: null, unfurlLinks: false, unfurlMedia: false };

export interface Allowed {
  readonly mentions?: readonly string[];
  readonly urls?: readonly string[];
  /** JSON length of all blocks. */
  readonly size?: number;
}

/** Fails unless Slack would take the message, and nothing in it is live but what is allowed. */
export function checkMessage(message: Message, allowed: Allowed = {}): void {
  expect(blockProblems(message.blocks, "message")).toEqual([]);
  expect(isTooLong(message.blocks)).toBe(false);
  expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(allowed.size ?? 11_000);
  expect(message.text.length).toBeGreaterThan(0);
  expect(message.text.length).toBeLessThanOrEqual(3900);
  expect(JSON.stringify(message)).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
  expect(JSON.stringify(message.metadata ?? {}).length).toBeLessThan(1024);
  const live = liveContentOf({ text: message.text, blocks: message.blocks, flags: EAGER });
  expect(live.mentions.filter((mention) => !(allowed.mentions ?? []).includes(mention.target))).toEqual([]);
  const urls = new Set(allowed.urls ?? []);
  expect(live.links.filter((link) => link.auto || !urls.has(link.url))).toEqual([]);
}

/** Every address that a message about these candidates may lead to. */
export function urlsOf(candidates: readonly Candidate[]): readonly string[] {
  return candidates
    .flatMap((candidate) => [
      candidate.url,
      ...[...candidate.conditions, ...candidate.enrichments].flatMap(
        (each) => each.basis?.citations.map((citation) => citation.url) ?? [],
      ),
    ])
    .map((url) => checkUrl(url)?.href)
    .filter((href) => href !== undefined);
}
