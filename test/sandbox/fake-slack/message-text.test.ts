import { describe, expect, it } from "vitest";
import { messageToText, viewToText } from "../../../src/sandbox/fake-slack/message-text.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const nameOf = (id: string) => ({ U0ANA: "Ana", C0RESEARCH: "research" })[id];

describe("messageToText", () => {
  it("reads like the message", () => {
    const message = {
      text: "summary",
      metadata: { event_type: "findall_card", event_payload: { id: "d-1" } },
      blocks: [
        { type: "header", text: plain("AI startups") },
        {
          type: "section",
          text: mrkdwn("*Acme* by <@U0ANA> in <#C0RESEARCH>\n<https://acme.example/about|About>"),
          fields: [mrkdwn("*Matched*\n3")],
        },
        {
          type: "context",
          elements: [mrkdwn("seen <!date^1700000000^{date}|then>"), { type: "image", alt_text: "logo" }],
        },
        { type: "divider" },
        {
          type: "actions",
          elements: [
            { type: "button", text: plain("Accept"), action_id: "accept" },
            { type: "button", text: plain("Open"), url: "https://acme.example" },
            { type: "overflow", options: [{ text: plain("Undo"), value: "u" }] },
            {
              type: "static_select",
              placeholder: plain("Reason"),
              options: [{ text: plain("Too small"), value: "s" }],
            },
          ],
        },
      ],
    };
    expect(messageToText(message, { nameOf })).toBe(
      [
        "# AI startups",
        "Acme by @Ana in #research",
        "About (acme.example)",
        "Matched: 3",
        "seen 2023-11-14 22:13 UTC  (image: logo)",
        "────────",
        "[Accept] [Open (acme.example)] [… Undo] [Reason: Too small ▾]",
      ].join("\n"),
    );
    const verbose = messageToText(message, { nameOf, verbose: true });
    expect(verbose).toContain("[Accept]{accept}");
    expect(verbose).toContain("text: summary");
    expect(verbose).toContain('metadata: {"event_type":"findall_card"');
  });

  it("reads rich text with lists, quotes and code", () => {
    const section = (...elements: object[]) => ({ type: "rich_text_section", elements });
    const text = (value: string) => ({ type: "text", text: value });
    const blocks = [
      {
        type: "rich_text",
        elements: [
          section(text("By "), { type: "user", user_id: "U0ANA" }, { type: "emoji", name: "tada" }),
          {
            type: "rich_text_list",
            style: "ordered",
            elements: [section(text("one")), section({ type: "link", url: "https://a.example/x", text: "two" })],
          },
          { type: "rich_text_list", style: "bullet", indent: 1, elements: [section(text("deep"))] },
          { type: "rich_text_quote", elements: [text("so\nit is")] },
          { type: "rich_text_preformatted", elements: [text("code")] },
        ],
      },
    ];
    expect(messageToText({ blocks }, { nameOf })).toBe(
      "By @Ana:tada:\n1. one\n2. two (a.example)\n  • deep\n> so\n> it is\ncode",
    );
  });

  it("names what it does not know instead of dropping it", () => {
    const text = messageToText({ blocks: [{ type: "hologram", beam: "on" }], attachments: [{ text: "old" }] });
    expect(text).toContain('(hologram: {"type":"hologram","beam":"on"})');
    expect(text).toContain('attachments: [{"text":"old"}]');
  });

  it("falls back to the text, and says what was deleted or edited", () => {
    expect(messageToText({ text: "hi <@U0ANA> &amp; all" }, { nameOf })).toBe("hi @Ana & all");
    expect(messageToText({ text: "x", edited: { user: "U", at: 0 } })).toBe("x\n(edited)");
    expect(messageToText({ text: "x", deleted: true })).toBe("(deleted)");
  });

  it("reads containers, cards, tables, plans and charts", () => {
    const blocks = [
      {
        type: "container",
        title: plain("More"),
        default_collapsed: true,
        child_blocks: [{ type: "section", text: mrkdwn("inside") }],
      },
      { type: "card", title: mrkdwn("Acme"), body: mrkdwn("makes"), actions: [{ type: "button", text: plain("Go") }] },
      {
        type: "data_table",
        caption: "Top",
        rows: [
          [
            { type: "raw_text", text: "a" },
            { type: "raw_number", value: 1, text: "1" },
          ],
        ],
      },
      { type: "plan", title: "Phases", tasks: [{ type: "task_card", title: "look", status: "complete" }] },
      { type: "data_visualization", title: "Funnel", chart: { type: "pie" } },
    ];
    expect(messageToText({ blocks }).split("\n")).toEqual([
      "▸ More",
      "  inside",
      "Acme",
      "makes",
      "[Go]",
      "Table: Top",
      "a | 1",
      "Phases",
      "- look (complete)",
      "Chart: Funnel",
      '{"type":"pie"}',
    ]);
  });

  it("reads a modal with its buttons", () => {
    const view = {
      title: plain("Note"),
      submit: plain("Save"),
      close: plain("Cancel"),
      blocks: [
        { type: "input", label: plain("Why"), element: { type: "plain_text_input", initial_value: "too small" } },
      ],
    };
    expect(viewToText(view)).toBe("== Note ==\nWhy: [plain_text_input: too small]\n[Cancel] [Save]");
  });
});
