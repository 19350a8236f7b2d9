import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { ACTIONS } from "../../src/slack/controls.ts";
import type { ExportResult } from "../../src/steps/review-results.ts";
import { reviewWorld, WATCH_ID } from "./review-world.ts";
import { watch } from "./support.ts";
import { reviewThread } from "./workspace.ts";

const { ana } = PEOPLE;
const FILE = "https://acme.slack.com/files/U1/F1/reviews.csv";
const done: ExportResult = {
  kind: "exported",
  watch: watch(),
  candidates: 3,
  format: "csv",
  filter: "all",
  fileLink: FILE,
};

/** A thread in which exports end so; `asked` is what was asked for. */
async function thread(result: () => Promise<ExportResult>) {
  const review = reviewWorld({ channel: CHANNELS.research, candidates: 1 });
  const asked: unknown[][] = [];
  review.actions.exportReviews = (...args) => {
    asked.push(args);
    return result();
  };
  return { ...(await reviewThread(review)), review, asked };
}

describe("an export by button", () => {
  it("takes everything as CSV, and tells the one who asked where it is", async () => {
    const { slack, press, told, asked, threadTs } = await thread(async () => done);
    await press(ana, ACTIONS.export);
    await slack.waitFor(() => told(ana).length === 1);
    expect(asked).toEqual([[WATCH_ID, { id: ana, name: "ana" }, "csv", "all"]]);
    expect(told(ana)[0]).toContain(`<${FILE}|CSV file>`);
    expect(slack.ephemeral(ana)[0]?.threadTs).toBe(threadTs);
  });

  it("says that it works on the file when that takes long, and never in place of the message", async () => {
    let finish = (_result: ExportResult) => {};
    const { slack, press, told, shown } = await thread(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const before = shown();
    await press(ana, ACTIONS.export);
    await slack.waitFor(() => told(ana)[0]?.includes("Working on the file"));
    finish(done);
    await slack.waitFor(() => told(ana)[1]?.includes(FILE));
    expect(shown()).toBe(before);
  });

  it("puts one file into the thread for a click that is delivered twice", async () => {
    const { slack, press, told, asked } = await thread(async () => done);
    await press(ana, ACTIONS.export, { times: 2 });
    await slack.waitFor(() => told(ana).length === 1);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [{ kind: "scope_missing", scope: "files:write" } as const, "OAuth &amp; Permissions → Bot Token Scopes"],
    [{ kind: "nothing_to_export", filter: "all", total: 0 } as const, "nothing to export yet"],
    [{ kind: "slack_refused", code: "storage_limit_reached", mayBeThere: false } as const, "`storage_limit_reached`"],
    [{ kind: "not_watched" } as const, "no longer followed"],
    [{ kind: "store_unavailable" } as const, "try again"],
  ])("says what is to be done when there is no file ($kind)", async (result, words) => {
    const { slack, press, told } = await thread(async () => result);
    await press(ana, ACTIONS.export);
    await slack.waitFor(() => told(ana)[0]?.includes(words));
  });

  it("is offered at the end of the queue too, and answered there", async () => {
    const { slack, press, pressIn, read, review, asked } = await thread(async () => done);
    await press(ana, ACTIONS.queue);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    await pressIn(ana, ACTIONS.accepted);
    await slack.waitFor(() => read(ana).includes("All reviewed"));
    await pressIn(ana, ACTIONS.export);
    await slack.waitFor(() => read(ana).includes("CSV file"));
    expect(read(ana)).toContain("All reviewed");
    expect(asked).toHaveLength(1);
    expect(review.review(0).revision).toBe(1);
    expect(slack.problems()).toEqual([]);
  });
});

describe("the commands for reviews", () => {
  const ask = (slack: Awaited<ReturnType<typeof thread>>["slack"], text: string, options: { times?: number } = {}) =>
    slack.command({ user: ana, channel: CHANNELS.research, text, ...options });

  it("open the queue, and say nothing else", async () => {
    const { slack, read } = await thread(async () => done);
    const result = await ask(slack, "review findall_1");
    expect(result.acked).toBe(true);
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(read(ana)).toContain("1 of 1");
    expect(slack.ephemeral()).toEqual([]);
  });

  it("open the queue once when Slack delivers the command twice", async () => {
    const { slack } = await thread(async () => done);
    await ask(slack, "review findall_1", { times: 2 });
    await slack.waitFor(() => slack.calls("views.open").length === 2);
    expect(slack.views.modals(ana)).toHaveLength(1);
    expect(slack.ephemeral()).toEqual([]);
  });

  it("say why the queue does not open", async () => {
    const { slack, told, review } = await thread(async () => done);
    await ask(slack, "review findall_2");
    await slack.waitFor(() => told(ana)[0]?.includes("does not follow `findall_2`"));
    expect(told(ana)[0]).toContain("`/findall findall_2` follows it");
    slack.faults.add({ method: "views.open", kind: "error", error: "expired_trigger_id" });
    await ask(slack, "review findall_1");
    await slack.waitFor(() => told(ana)[1]?.includes("Slack did not open the window"));
    review.refusal = { kind: "not_member", channel: CHANNELS.random };
    await ask(slack, "review findall_1");
    await slack.waitFor(() => told(ana)[2]?.includes("Only people in"));
    expect(slack.views.modals(ana)).toEqual([]);
  });

  it("show in the open window what goes wrong after it was opened", async () => {
    const { slack, told, review, read } = await thread(async () => done);
    let fail = () => {};
    review.before = () =>
      new Promise((_, reject) => {
        fail = () => reject(new Error("a bug"));
      });
    await ask(slack, "review findall_1");
    await slack.waitFor(() => slack.views.modals(ana).length === 1);
    expect(read(ana)).toContain("One moment");
    fail();
    await slack.waitFor(() => read(ana).includes("something went wrong"));
    await slack.waitFor(() => told(ana)[0]?.includes("reference"));
  });

  it("export what was chosen, once", async () => {
    const { slack, told, asked } = await thread(async () => done);
    await ask(slack, "export findall_1 accepted json", { times: 2 });
    await slack.waitFor(() => told(ana).length === 1);
    expect(asked).toEqual([[WATCH_ID, { id: ana, name: "ana" }, "json", "accepted"]]);
    expect(told(ana)[0]).toContain(FILE);
  });

  it("switch the folding of the channel they are typed in", async () => {
    const { slack, told, review } = await thread(async () => done);
    const set: unknown[][] = [];
    review.actions.setFold = async (...args) => {
      set.push(args);
      return { kind: "set", fold: args[1] };
    };
    await ask(slack, "fold on");
    await ask(slack, "fold off");
    await ask(slack, "fold");
    expect(set).toEqual([
      [CHANNELS.research, true],
      [CHANNELS.research, false],
    ]);
    expect(told(ana)).toEqual([
      expect.stringContaining("take one line"),
      expect.stringContaining("shown in full"),
      expect.stringContaining("/findall fold on"),
    ]);
  });
});
