import { describe, expect, it } from "vitest";
import { overdue } from "../../src/bot/replies/overdue.ts";
import { stillWorking } from "../../src/bot/replies/still-working.ts";
import type { Message } from "../../src/domain/message.ts";
import type { ExportResult } from "../../src/steps/review-results.ts";
import { CARD, expectToSay, said } from "./said.ts";
import { watch } from "./support.ts";

const exported = (result: ExportResult) =>
  said({ kind: "export", id: "findall_1", format: "csv", filter: "all" }, result);

/** Every reply about reviews, exports and folding: its title, how to get it, and what it must say. */
const REPLIES: readonly (readonly [string, () => Promise<Message> | Message, readonly string[]])[] = [
  [
    "review without id",
    () => said({ kind: "missing_id", command: "review" }, null),
    ["/findall review &lt;run id&gt;"],
  ],
  [
    "export without id",
    () => said({ kind: "missing_id", command: "export" }, null),
    ["/findall export &lt;run id&gt;"],
  ],
  [
    "an option that does not exist",
    () => said({ kind: "bad_option", word: "acepted", suggestion: "export findall_1 accepted" }, null),
    ["“acepted”", "Did you mean `/findall export findall_1 accepted`?", "[csv|json]"],
  ],
  [
    "an option nobody knows",
    () => said({ kind: "bad_option", word: "sideways", suggestion: null }, null),
    ["“sideways”", "[accepted|rejected|maybe|unreviewed|all]"],
  ],
  ["how to fold", () => said({ kind: "fold", fold: null }, null), ["/findall fold on", "/findall fold off"]],
  ["folded", () => said({ kind: "fold", fold: true }, { kind: "set", fold: true }), ["one line", "/findall fold off"]],
  [
    "unfolded",
    () => said({ kind: "fold", fold: false }, { kind: "set", fold: false }),
    ["in full", "/findall fold on"],
  ],
  [
    "Redis down at fold",
    () => said({ kind: "fold", fold: false }, { kind: "store_unavailable" }),
    ["Nothing was changed", "/findall fold off"],
  ],
  [
    "an export",
    () =>
      exported({ kind: "exported", watch: watch(), candidates: 12, format: "csv", filter: "accepted", fileLink: CARD }),
    ["12 accepted candidates of `findall_1`", CARD, "/findall export findall_1 json"],
  ],
  [
    "an export whose link is not known",
    () => exported({ kind: "exported", watch: watch(), candidates: 1, format: "json", filter: "all", fileLink: null }),
    ["The JSON file with 1 candidate of", "/findall export findall_1 csv"],
  ],
  [
    "nothing to export of that kind",
    () => exported({ kind: "nothing_to_export", filter: "maybe", total: 7 }),
    ["no “maybe” candidates", "7 matches"],
  ],
  ["nothing to export", () => exported({ kind: "nothing_to_export", filter: "all", total: 0 }), ["no matches"]],
  [
    "an export without the scope",
    () => exported({ kind: "scope_missing", scope: "files:write" }),
    ["`files:write`", "OAuth &amp; Permissions → Bot Token Scopes", "reinstall"],
  ],
  [
    "an export that Slack refuses",
    () => exported({ kind: "slack_refused", code: "file_uploads_disabled", mayBeThere: false }),
    ["`file_uploads_disabled`", "No decision is lost"],
  ],
  [
    "an export for which the channel has no room now",
    () => exported({ kind: "slack_refused", code: "held_back", mayBeThere: false }),
    ["holding messages back", "was not sent", "try again in a minute"],
  ],
  [
    "an export whose last answer was lost",
    () => exported({ kind: "slack_refused", code: "timeout", mayBeThere: true }),
    ["`timeout`", "may be in the run’s thread all the same", "look there before you export again"],
  ],
  [
    "an export of a run not followed here",
    () => exported({ kind: "not_watched" }),
    ["does not follow `findall_1`", "`/findall findall_1` follows it"],
  ],
  ["an export of what is not kept", () => exported({ kind: "expired" }), ["no longer kept", "/findall &lt;run id&gt;"]],
  ["an export by an outsider", () => exported({ kind: "not_member", channel: "C9" }), ["<#C9>", "join the channel"]],
  ["an export while Slack is silent", () => exported({ kind: "membership_unknown" }), ["try again"]],
  ["an export while Redis is down", () => exported({ kind: "store_unavailable" }), ["Nothing was saved", "try again"]],
  [
    "still exporting",
    () => stillWorking({ kind: "export", id: "findall_1", format: "csv", filter: "all" })!,
    ["Working on the file"],
  ],
  [
    "an overdue export",
    () => overdue({ kind: "export", id: "findall_1", format: "json", filter: "maybe" }),
    ["/findall export findall_1 json maybe"],
  ],
];

describe("what is said to one person about reviews", () => {
  it.each(REPLIES)("%s: names what is and what to do, in text and in blocks", async (_title, reply, expected) => {
    expectToSay(await reply(), expected);
  });

  it("is nothing while a queue is on its way: its window says that it is loading", () => {
    expect(stillWorking({ kind: "review", id: "findall_1" })).toBeNull();
  });
});
