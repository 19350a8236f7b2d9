import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../src/sandbox/fake-slack/world.ts";
import { hasChromium, openBrowser, openPage, type Sandbox, startSandbox } from "../support/browser.ts";
import { cutTexts, faintTexts, liveMarkup } from "../support/page-checks.ts";

const PATIENCE = { timeout: 30_000 };

const regionOf = (page: Page, name: string) => page.locator(`[data-region="${name}"]`);

/** Opens the control room and sets how fast stories go. */
async function openRoom(page: Page): Promise<void> {
  await page.locator('[data-room="toggle"]').click();
  await page.locator("#room-body").waitFor();
}

const setSpeed = (page: Page, speed: number) => page.locator(`[data-speed="${speed}"]`).click();

/** Opens the thread of the newest message that has one. */
const openThread = (page: Page) =>
  regionOf(page, "messages")
    .getByRole("button", { name: /\d+ repl/ })
    .last()
    .click();

describe.skipIf(!hasChromium)("the sandbox's page in Chromium (skipped where there is none)", () => {
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), openBrowser()]);
  }, 60_000);
  // What is left open would stand before the next test's people.
  afterEach(async () => {
    for (const context of browser.contexts()) {
      const [page] = context.pages();
      for (let open = (await page?.locator("dialog[open]").count()) ?? 0; page && open > 0; open -= 1) {
        await page.keyboard.press("Escape");
        await expect.poll(() => page.locator("dialog[open]").count()).toBeLessThan(open);
      }
      await context.close();
    }
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  it("a run is typed, arrives, is reviewed by two people and taken out as a file", { timeout: 90_000 }, async () => {
    const { page, outside, wrongs } = await openPage(browser, sandbox);
    const [messages, thread] = [regionOf(page, "messages"), regionOf(page, "thread")];
    await openRoom(page);
    await setSpeed(page, 10);
    await page.locator('[data-room="toggle"]').click();

    const composer = page.locator("#composer");
    await composer.click();
    await page.keyboard.type("/fi");
    const hint = page.locator("#hints li").filter({ visible: true });
    expect(await hint.innerText()).toMatch(/\/findall[\s\S]*<run id>[\s\S]*Follow a FindAll run/);
    await page.keyboard.press("Tab");
    expect(await composer.inputValue()).toBe("/findall ");
    await page.keyboard.type("run_demo");
    await page.keyboard.press("Enter");
    await openThread(page);
    const accepts = thread.getByRole("button", { name: /^Accept/ });
    const decided = (words: string) => thread.getByText(words).first().waitFor();
    await accepts.first().click();
    await decided("Accepted by ana");
    const before = await thread.getByText("✓ met").count();
    await expect.poll(() => thread.getByText("✓ met").count(), PATIENCE).toBeGreaterThan(before);
    await messages.getByText(/has completed/).waitFor(PATIENCE);

    const dialog = page.getByRole("dialog");
    await thread.getByRole("button", { name: /^More/ }).first().click();
    await dialog.getByText("Match conditions").waitFor();
    await dialog.getByRole("textbox").fill("call them on Monday");
    await dialog.getByRole("button", { name: "Save note" }).click();
    await dialog.getByText("call them on Monday").first().waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await decided("1 note");

    await messages.getByRole("button", { name: "Review 7", exact: true }).click();
    await dialog.getByText("2 of 8").waitFor();
    await dialog.getByRole("button", { name: /^Maybe/ }).click();
    await dialog.getByText("3 of 8").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.locator(`[data-user="${PEOPLE.ben}"]`).click();
    await messages.getByRole("button", { name: "Review 6", exact: true }).click();
    for (let position = 3; position <= 8; position += 1) {
      await dialog.getByText(`${position} of 8`).waitFor();
      await dialog.getByRole("button", { name: position % 2 ? /^Accept/ : /^Reject/ }).click();
    }
    await dialog.getByRole("button", { name: "Export CSV" }).click();
    await page.keyboard.press("Escape");
    const file = thread.locator(".file-name");
    await file.waitFor();
    await messages
      .getByText(/4 accepted.*3 rejected.*1 maybe/)
      .first()
      .waitFor();
    const [opened] = await Promise.all([page.context().waitForEvent("page"), file.click()]);
    const csv = await opened.locator("body").innerText();
    for (const part of ["Halmstrand Robotics", "accepted", "call them on Monday", "ben"]) expect(csv).toContain(part);
    await opened.close();

    expect(await faintTexts(page)).toEqual([]);
    expect(outside).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  it("what is broken with a click is seen, heals, and nothing is lost or doubled", { timeout: 120_000 }, async () => {
    const { page, wrongs } = await openPage(browser, sandbox, { channel: CHANNELS.deals });
    const troubles = regionOf(page, "troubles");
    const trouble = (id: string) => troubles.locator(`[data-trouble="${id}"]`);
    const isOn = (id: string, on: boolean) =>
      troubles.locator(`[data-trouble="${id}"][aria-checked="${on}"]`).waitFor();
    const until = (what: Locator) => what.first().waitFor(PATIENCE);
    const turn = async (id: string, on: boolean) => {
      await trouble(id).click();
      await isOn(id, on);
    };
    const spoiled = (id: string) => until(trouble(id).getByText(/\d+ calls? spoiled/));
    // The run goes on only while something is in its way.
    const spoil = async (id: string) => {
      await turn(id, true);
      await setSpeed(page, 4);
      await spoiled(id);
      await setSpeed(page, 0);
      await turn(id, false);
    };
    await openRoom(page);
    await setSpeed(page, 4);
    await turn("slack_lost", true);
    await page.locator('.story[data-story="run_demo"]').click();
    await spoiled("slack_lost");
    await setSpeed(page, 0);
    await turn("slack_lost", false);
    await spoil("slack_429");
    await spoil("parallel_down");

    const quiet = regionOf(page, "status").locator(".figure", { hasText: "waiting" });
    await expect.poll(() => quiet.innerText(), PATIENCE).toBe("waiting\n0");
    await turn("worker_killed", true);
    await until(regionOf(page, "numbers").getByText("not running"));
    await setSpeed(page, 1);
    await turn("worker_killed", false);
    await setSpeed(page, 0);
    await until(regionOf(page, "numbers").getByText("answers on port"));
    await trouble("redis_restart").click();
    await expect.poll(() => trouble("redis_restart").getAttribute("aria-busy"), PATIENCE).toBeNull();

    await turn("kicked", true);
    await setSpeed(page, 10);
    await until(regionOf(page, "channels").getByRole("link", { name: /FindAll.*new/ }));
    await page.locator("#composer").fill("/invite @FindAll");
    await page.keyboard.press("Enter");
    await isOn("kicked", false);
    await until(regionOf(page, "messages").getByText(/has completed/));

    const row = regionOf(page, "numbers").locator("tr", { hasText: "deals" }).first();
    await expect.poll(() => row.innerText(), PATIENCE).toMatch(/deals\s+8\s+8\s+0\s+0\s+0$/);
    const status = await regionOf(page, "status").innerText();
    expect(status.replace(/\s+/g, " ")).toMatch(/429s [1-9]\d* ambiguous [1-9]\d* lost 0 doubled 0/);
    expect(await cutTexts(page)).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  it("hostile text stays text, in the channel, in the thread and in the details", {
    timeout: 60_000,
  }, async () => {
    const { page, outside, wrongs } = await openPage(browser, sandbox);
    const shouted: string[] = [];
    page.on("dialog", (dialog) => {
      shouted.push(dialog.message());
      void dialog.dismiss();
    });
    await openRoom(page);
    await setSpeed(page, 40);
    await page.locator('.story[data-story="run_hostile"]').click();
    await page.locator('[data-room="toggle"]').click();
    await regionOf(page, "messages")
      .getByText(/24 matches/)
      .last()
      .waitFor(PATIENCE);
    await openThread(page);
    await regionOf(page, "thread").getByText("AT&T").first().waitFor(PATIENCE);
    await regionOf(page, "thread")
      .getByRole("button", { name: /^(More|Open)/ })
      .first()
      .click();
    await page.getByRole("dialog").waitFor();
    expect(await liveMarkup(page)).toEqual([]);
    expect(await cutTexts(page)).toEqual([]);
    expect([shouted, outside, wrongs]).toEqual([[], [], []]);
  });

  it("everything is reached and done by keyboard, and the focus comes back", { timeout: 60_000 }, async () => {
    const { page } = await openPage(browser, sandbox, { user: PEOPLE.ben, channel: CHANNELS.research });
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 400) ?? "");
    const pressUntil = async (what: RegExp) => {
      const passed: string[] = [];
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press("Tab");
        const here = await focused();
        if (what.test(here)) return passed;
        passed.push(here);
      }
      throw new Error(`never came to ${what}:\n${passed.join("\n")}`);
    };
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    // In the order in which one reads: people, channels, head, messages, composer.
    await pressUntil(/class="skip"/);
    await pressUntil(new RegExp(`data-user="${PEOPLE.ana}"`));
    await pressUntil(/data-go-channel="C0RESEARCH"/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("C0RANDOM");
    await pressUntil(/data-tab="messages"/);
    await pressUntil(/data-region="messages"/);
    await page.locator("#composer").focus();
    await page.keyboard.type("/findall status run_exhausted");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await regionOf(page, "messages").getByText("Only visible to you").last().waitFor();
    expect(await focused()).toContain('id="composer"');

    await page.keyboard.type("/findall run_exhausted");
    await page.keyboard.press("Enter");
    const replies = regionOf(page, "messages").getByRole("button", { name: /\d+ repl/ });
    await replies.last().waitFor(PATIENCE);
    await replies.last().focus();
    await page.keyboard.press("Enter");
    await expect.poll(focused).toContain('id="thread-composer"');
    const thread = regionOf(page, "thread");
    const more = thread.getByRole("button", { name: /^More/ }).first();
    await more.waitFor(PATIENCE);
    await more.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    for (let steps = 0; steps < 15; steps += 1) {
      await page.keyboard.press("Tab");
      // The browser's own bar may have its turn; nothing behind the dialog may.
      expect(await page.evaluate(() => document.activeElement?.closest("dialog, body")?.tagName)).toMatch(
        /DIALOG|BODY/,
      );
      expect(await page.evaluate(() => document.activeElement?.closest(".app"))).toBeNull();
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(focused).toContain(">More<");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.body.dataset.thread)).toBe("closed");
    expect(await focused()).toContain("data-open-thread");
  });

  it("a private channel, one's own messages from the app and its Home are for whom they are meant", async () => {
    const { page, wrongs } = await openPage(browser, sandbox, { user: PEOPLE.cai, channel: CHANNELS.deals });
    const [heading, channels] = [regionOf(page, "heading"), regionOf(page, "channels")];
    await heading.getByText("research").waitFor();
    expect(await channels.innerText()).not.toMatch(/deals|board/);
    await channels.getByRole("link", { name: "FindAll" }).click();
    // The composer of the conversation that one leaves is on the page until the other is there.
    await heading.getByText("FindAll").first().waitFor();
    await page.locator("#composer").fill("is anybody there?");
    await page.locator("#composer").press("Enter");
    await regionOf(page, "messages").getByText("is anybody there?").first().waitFor();
    await heading.getByRole("button", { name: "Home" }).click();
    const home = page.locator("article.home");
    await home.waitFor();
    // It is read from its top, where a conversation stands at its end.
    expect((await home.boundingBox())?.y).toBeLessThan(120);
    await page.locator(`[data-user="${PEOPLE.ana}"]`).click();
    await channels.getByRole("link", { name: "FindAll" }).click();
    await regionOf(page, "heading").getByText("FindAll").first().waitFor();
    expect(await regionOf(page, "messages").innerText()).not.toContain("is anybody there?");
    expect(wrongs).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "every text can be read in %s, and is whole at 1280 and 390",
    async (colorScheme) => {
      const { page, wrongs } = await openPage(browser, sandbox, {}, { colorScheme });
      await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
      const look = async (what: string) => {
        expect(await faintTexts(page), what).toEqual([]);
        expect(await cutTexts(page), what).toEqual([]);
      };
      await openRoom(page);
      await page.locator("#composer").fill("/");
      await look("the channel with the control room at 1280");
      await page.setViewportSize({ width: 390, height: 844 });
      for (const pane of ["channels", "talk", "room"]) {
        await page.goto(`${sandbox.url}?pane=${pane}`);
        await look(`${pane} at 390`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      }
      expect(wrongs).toEqual([]);
    },
  );

  it("is up within three seconds", () => {
    expect(sandbox.addressInMs).toBeLessThan(3_000);
  });
});
