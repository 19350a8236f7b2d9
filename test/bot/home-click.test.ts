import { describe, expect, it } from "vitest";
import type { BotActions } from "../../src/bot/deps.ts";
import { onHomeClick } from "../../src/bot/home/home-click.ts";
import type { Desk } from "../../src/bot/review/desk.ts";
import type { ModalClick } from "../../src/bot/review/payload.ts";
import { HOME_ACTIONS } from "../../src/slack/views/home-actions.ts";
import type { Asker } from "../../src/steps/results.ts";
import { actions, watch } from "./support.ts";

const WATCH_ID = `w-${"a".repeat(32)}`;
const ANA = { id: "U0ANA", name: "ana" };
const FOLLOWED = watch({ id: WATCH_ID, runId: "run_a", channel: "C0DEALS" });

/** Presses a button of the Home tab; gives what the tab then says. */
async function press(actionId: string, over: Partial<BotActions>, value: string = WATCH_ID): Promise<string | null> {
  let said: string | null = null;
  const click = { by: ANA, actionId, blockId: "b", value, triggerId: "t", deliveryId: "d", view: {} };
  const desk: Desk = {
    actions: actions({
      watchForPerson: async () => ({ kind: "watch", watch: FOLLOWED }),
      showHome: async (_by, notice = null) => {
        said = notice;
      },
      ...over,
    }),
    windows: {
      open: async () => ({ kind: "already" }),
      push: async () => ({ kind: "already" }),
      update: async () => "updated",
    },
    botUserId: "UBOT",
    receivedAt: 0,
    now: () => 0,
    newReference: () => "ref1",
    onTrouble: () => {},
  };
  await onHomeClick(click as unknown as ModalClick, desk);
  return said;
}

describe("a button in the Home tab", () => {
  it("does what the command would do in the watch's own channel, and says so", async () => {
    const asked: [string, string, Asker][] = [];
    const noting =
      <Result>(what: string, result: Result) =>
      async (runId: string, asker: Asker) => {
        asked.push([what, runId, asker]);
        return { ...result, watch: FOLLOWED, cardLink: null };
      };
    const over: Partial<BotActions> = {
      pauseWatch: noting("pause", { kind: "paused" } as const),
      resumeWatch: noting("resume", { kind: "resumed", waiting: 3, wait: null, isTry: false } as const),
      stopWatch: noting("stop", { kind: "stopped" } as const),
    };
    expect(await press(HOME_ACTIONS.pause, over)).toMatch(/run_a.* is paused.*kept/);
    expect(await press(HOME_ACTIONS.resume, over)).toMatch(/run_a.* goes on.*3/);
    expect(await press(HOME_ACTIONS.stop, over)).toMatch(/run_a.* not followed any more/);
    const asker = { userId: "U0ANA", userName: "ana", channelId: "C0DEALS", channelName: "", responseUrl: null };
    expect(asked).toEqual(["pause", "resume", "stop"].map((what) => [what, "run_a", asker]));
  });

  it.each([HOME_ACTIONS.pause, HOME_ACTIONS.resume, HOME_ACTIONS.stop])(
    "%s does nothing for one who is not in the channel, for what is gone, and while nobody can say",
    async (action) => {
      const refused = async () => {
        throw new Error("must not be asked for");
      };
      const over = { pauseWatch: refused, resumeWatch: refused, stopWatch: refused };
      const told = (kind: object) => press(action, { ...over, watchForPerson: async () => kind as never });
      expect(await told({ kind: "not_member", channel: "C0DEALS" })).toContain("join the channel");
      expect(await told({ kind: "not_watched" })).toMatch(/no longer followed/);
      expect(await told({ kind: "membership_unknown" })).toMatch(/does not tell me/);
      expect(await told({ kind: "store_unavailable" })).toMatch(/storage/);
    },
  );

  it("says what else may come of it", async () => {
    const done = { watch: FOLLOWED, cardLink: null } as const;
    const pausing = (kind: "already_paused" | "already_over") =>
      press(HOME_ACTIONS.pause, { pauseWatch: async () => ({ kind, ...done }) });
    expect(await pausing("already_paused")).toMatch(/held up already/);
    expect(await pausing("already_over")).toMatch(/has ended/);
    expect(await press(HOME_ACTIONS.resume, { resumeWatch: async () => ({ kind: "not_paused", ...done }) })).toMatch(
      /was not held up/,
    );
    expect(await press(HOME_ACTIONS.stop, { stopWatch: async () => ({ kind: "store_unavailable" }) })).toMatch(
      /storage/,
    );
  });

  it("counts once when it is delivered twice", async () => {
    let stops = 0;
    const stopWatch: BotActions["stopWatch"] = async () => {
      stops += 1;
      return { kind: "stopped", watch: FOLLOWED, cardLink: null };
    };
    await press(HOME_ACTIONS.stop, { stopWatch, firstDelivery: async () => false });
    expect(stops).toBe(0);
  });

  it("says a reference after a surprise, and does nothing with a value that we never gave it", async () => {
    const broken = async () => {
      throw new Error("boom");
    };
    expect(await press(HOME_ACTIONS.stop, { stopWatch: broken })).toContain("ref1");
    for (const value of ["", "w-1", "../etc", "<!channel>"]) {
      for (const action of Object.values(HOME_ACTIONS)) {
        const said = await press(action, { stopWatch: broken, reviewNext: broken }, value);
        expect(said).toContain("do not recognise");
      }
    }
  });
});
