import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/sandbox/fake-slack/model.ts";
import { heldBy, stateOf } from "../../../src/sandbox/fake-slack/people/view-state.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const [a, b, c] = ["a", "b", "c"].map(option);
const options = [a, b, c];

/* Shapes: docs.slack.dev/reference/interaction-payloads/view-interactions-payload and the reference of each element. */

describe("what is filled in", () => {
  it.each([
    ["plain_text_input", { initial_value: "was" }, "is", { value: "is" }, { value: "was" }, { value: null }],
    ["email_text_input", {}, "a@b.example", { value: "a@b.example" }, { value: null }, { value: null }],
    ["url_text_input", {}, "https://a.example", { value: "https://a.example" }, { value: null }, { value: null }],
    ["number_input", { initial_value: "3" }, "15", { value: "15" }, { value: "3" }, { value: null }],
    [
      "datepicker",
      { initial_date: "2026-11-24" },
      "2026-12-01",
      { selected_date: "2026-12-01" },
      { selected_date: "2026-11-24" },
      { selected_date: null },
    ],
    ["timepicker", {}, "08:30", { selected_time: "08:30" }, { selected_time: null }, { selected_time: null }],
    [
      "datetimepicker",
      { initial_date_time: 1_795_000_000 },
      "1795000060",
      { selected_date_time: 1_795_000_060 },
      { selected_date_time: 1_795_000_000 },
      { selected_date_time: null },
    ],
    [
      "static_select",
      { options, initial_option: a },
      "b",
      { selected_option: b },
      { selected_option: a },
      { selected_option: null },
    ],
    [
      "static_select",
      { option_groups: [{ label: plain("All"), options }] },
      "c",
      { selected_option: c },
      { selected_option: null },
      { selected_option: null },
    ],
    ["radio_buttons", { options }, "b", { selected_option: b }, { selected_option: null }, { selected_option: null }],
    [
      "checkboxes",
      { options, initial_options: [a, b] },
      ["c", "a"],
      { selected_options: [c, a] },
      { selected_options: [a, b] },
      { selected_options: [] },
    ],
    [
      "multi_static_select",
      { options },
      ["a", "b"],
      { selected_options: [a, b] },
      { selected_options: [] },
      { selected_options: [] },
    ],
    [
      "users_select",
      { initial_user: "U1" },
      "U2",
      { selected_user: "U2" },
      { selected_user: "U1" },
      { selected_user: null },
    ],
    [
      "multi_users_select",
      { initial_users: ["U1"] },
      ["U2", "U3"],
      { selected_users: ["U2", "U3"] },
      { selected_users: ["U1"] },
      { selected_users: [] },
    ],
    ["channels_select", {}, "C1", { selected_channel: "C1" }, { selected_channel: null }, { selected_channel: null }],
    [
      "multi_channels_select",
      {},
      ["C1"],
      { selected_channels: ["C1"] },
      { selected_channels: [] },
      { selected_channels: [] },
    ],
    [
      "conversations_select",
      { initial_conversation: "D1" },
      "C1",
      { selected_conversation: "C1" },
      { selected_conversation: "D1" },
      { selected_conversation: null },
    ],
    [
      "multi_conversations_select",
      {},
      ["C1", "U1"],
      { selected_conversations: ["C1", "U1"] },
      { selected_conversations: [] },
      { selected_conversations: [] },
    ],
  ])(
    "into a %s is reported as Slack reports it: chosen, untouched, taken out",
    (type, more, given, chosen, untouched, empty) => {
      const element: Json = { type, action_id: "x", ...more };
      expect(heldBy(element, given)).toEqual({ type, ...chosen });
      expect(heldBy(element, undefined)).toEqual({ type, ...untouched });
      expect(heldBy(element, null)).toEqual({ type, ...empty });
    },
  );

  it("is what can be chosen, and not more than may be", () => {
    const element = { type: "multi_static_select", options, max_selected_items: 1 };
    expect(() => heldBy(element, ["nope"])).toThrow("there are: a, b, c");
    expect(() => heldBy(element, ["a", "b"])).toThrow("Not more than 1");
  });

  it("stands under block and action, also where an action occurs twice or lies deeper", () => {
    const field = { type: "plain_text_input", action_id: "text" };
    const blocks = [
      { type: "input", block_id: "one", element: field },
      { type: "input", block_id: "two", element: field },
      {
        type: "actions",
        block_id: "row",
        elements: [
          { type: "button", action_id: "go" },
          { type: "datepicker", action_id: "day" },
        ],
      },
      {
        type: "container",
        block_id: "box",
        child_blocks: [
          { type: "section", block_id: "inner", accessory: { type: "checkboxes", action_id: "boxes", options } },
        ],
      },
    ];
    expect(stateOf(blocks, { text: "both", "two/text": "second", boxes: ["b"] })).toEqual({
      one: { text: { type: "plain_text_input", value: "both" } },
      two: { text: { type: "plain_text_input", value: "second" } },
      row: { day: { type: "datepicker", selected_date: null } },
      inner: { boxes: { type: "checkboxes", selected_options: [b] } },
    });
  });
});
