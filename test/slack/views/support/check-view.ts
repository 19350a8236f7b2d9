import { expect } from "vitest";
import { liveContentOf } from "../../../../src/sandbox/fake-slack/live-content.ts";
import { viewToText } from "../../../../src/sandbox/fake-slack/message-text.ts";
import type { Json } from "../../../../src/sandbox/fake-slack/model.ts";
import { isViewTooLarge, viewProblems } from "../../../../src/sandbox/fake-slack/validate/views.ts";
import type { ModalView } from "../../../../src/slack/views/modal.ts";

export interface Allowed {
  /** User ids. */
  readonly mentions?: readonly string[];
  readonly urls?: readonly string[];
}

const EAGER = { mrkdwn: true, linkNames: true, parse: null, unfurlLinks: false, unfurlMedia: false };

/** Fails unless Slack would take the view, nothing had to be cut, and nothing in it is live but what is allowed. */
export function checkView(view: ModalView, allowed: Allowed = {}): void {
  expect(viewProblems(view, "modal")).toEqual([]);
  expect(isViewTooLarge(view)).toBe(false);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(240_000);
  expect(JSON.stringify(view)).not.toContain("the rest did not fit into this window");
  expect(JSON.stringify(view)).not.toMatch(/\\ud[89a-f][0-9a-f]{2}/i);
  const live = liveContentOf({ text: "", blocks: view.blocks, flags: EAGER });
  const users = new Set(allowed.mentions ?? []);
  expect(live.mentions.filter((mention) => mention.kind !== "user" || !users.has(mention.target))).toEqual([]);
  const urls = new Set(allowed.urls ?? []);
  expect(live.links.filter((link) => link.auto || !urls.has(link.url))).toEqual([]);
}

/** A view as a person reads it. */
export function viewText(view: ModalView, verbose = false): string {
  return viewToText(view as unknown as Json, { nameOf: () => undefined, verbose });
}

/** The texts of all sections, one after the other. */
export function sectionTexts(view: ModalView): readonly string[] {
  return view.blocks.flatMap((block) => (block.type === "section" && block.text ? [block.text.text] : []));
}

/** The buttons of a view, with the id of the block they stand in. */
export function buttonsOf(view: ModalView) {
  return view.blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((each) =>
          each.type === "button" ? [{ block: block.block_id, action: each.action_id, value: each.value }] : [],
        )
      : [],
  );
}
