import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FakeSlack } from "../../../src/sandbox/fake-slack/index.ts";
import { CHANNELS } from "../../../src/sandbox/fake-slack/world.ts";
import { refusal, withClient } from "./bench-app.ts";

const x = (length: number) => "x".repeat(length);
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe("validation of calls", () => {
  let slack: FakeSlack;
  let post: (args: object) => ReturnType<typeof refusal>;
  let update: (args: object) => ReturnType<typeof refusal>;

  beforeAll(async () => {
    const started = await withClient({ rateLimits: { enabled: false } });
    slack = started.slack;
    const { ts } = await started.client.chat.postMessage({ channel: CHANNELS.research, text: "x" });
    const call = (method: string, args: object) =>
      refusal(started.client.apiCall(method, { channel: CHANNELS.research, ...args }));
    post = (args) => call("chat.postMessage", args);
    update = (args) => call("chat.update", { ts, ...args });
  });
  afterAll(() => slack.close());

  it("answers invalid_blocks with a pointer for every problem", async () => {
    const { data } = await post({ text: "x", blocks: [section(""), { type: "nope" }] });
    expect(data).toMatchObject({
      error: "invalid_blocks",
      response_metadata: {
        messages: [
          "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",
          "[ERROR] unsupported type: nope [json-pointer:/blocks/1/type]",
        ],
      },
    });
  });

  it.each([
    ["neither text nor blocks", {}, "no_text"],
    ["blank text", { text: "  " }, "no_text"],
    ["empty blocks and no text", { blocks: [] }, "no_text"],
    ["blocks without text", { blocks: [section("x")] }, "ok"],
    ["blocks that are not a list", { blocks: { type: "divider" } }, "invalid_blocks_format"],
    ["blocks that are not JSON", { blocks: "[{" }, "invalid_blocks_format"],
    ["13,200 characters of blocks", { text: "x", blocks: many(5, section(x(2640))) }, "ok"],
    [
      "13,201 characters of blocks",
      { text: "x", blocks: [...many(5, section(x(2640))), section("x")] },
      "msg_blocks_too_long",
    ],
    ["half an emoji in blocks", { text: "x", blocks: [section("\ud83d")] }, "invalid_blocks"],
    ["101 attachments", { text: "x", attachments: many(101, { text: "a" }) }, "too_many_attachments"],
    ["metadata that is not an object", { text: "x", metadata: "[]" }, "invalid_metadata_format"],
    [
      "metadata with half an emoji",
      { text: "x", metadata: { event_type: "a", event_payload: { a: "\ud83d" } } },
      "invalid_metadata_format",
    ],
    [
      "an event type with a dash",
      { text: "x", metadata: { event_type: "a-b", event_payload: {} } },
      "invalid_metadata_format",
    ],
    [
      "an event type of 51",
      { text: "x", metadata: { event_type: x(51), event_payload: {} } },
      "invalid_metadata_format",
    ],
    ["metadata without payload", { text: "x", metadata: { event_type: "a" } }, "invalid_metadata_format"],
    [
      "a list of strings in metadata",
      { text: "x", metadata: { event_type: "a", event_payload: { ids: ["1"] } } },
      "invalid_metadata_schema",
    ],
    [
      "metadata of 8 KB",
      { text: "x", metadata: { event_type: "a", event_payload: { a: x(8_192) } } },
      "metadata_too_large",
    ],
    ["good metadata", { text: "x", metadata: { event_type: "a_1", event_payload: { id: "d-1", n: 1 } } }, "ok"],
  ])("answers a post with %s", async (_name, args, error) => {
    expect((await post(args)).error).toBe(error);
  });

  it.each([
    ["4,000 characters of text", { text: x(4000) }, "ok"],
    ["4,001 characters of text", { text: x(4001) }, "msg_too_long"],
    ["an empty text and no blocks", { text: "" }, "no_text"],
    ["too many characters of blocks", { text: "x", blocks: many(5, section(x(2641))) }, "msg_blocks_too_long"],
  ])("answers an edit with %s", async (_name, args, error) => {
    expect((await update(args)).error).toBe(error);
  });
});
