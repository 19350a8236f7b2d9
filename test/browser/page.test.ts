import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, openBrowser, openPage, type Sandbox, startSandbox } from "../support/browser.ts";

describe.skipIf(!hasChromium)("the sandbox's page in Chromium (skipped where there is none)", () => {
  let sandbox: Sandbox;
  let browser: Browser;
  beforeAll(async () => {
    sandbox = await startSandbox();
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  it("shows a run arriving, lets two people review it, and asks for nothing from elsewhere", {
    timeout: 120_000,
  }, async () => {
    const { page, outside, wrongs } = await openPage(browser, sandbox);
    const composer = page.locator("#composer");
    await composer.fill("/findall run_demo");
    await composer.press("Enter");
    await page
      .getByRole("button", { name: /\d+ repl/ })
      .first()
      .click();
    const thread = page.locator('[data-region="thread"]');
    await thread
      .getByRole("button", { name: /^Accept/ })
      .first()
      .click();
    await thread
      .getByText(/Accepted by ana/)
      .first()
      .waitFor();
    await page
      .getByText(/1 accepted/)
      .first()
      .waitFor();

    await page.locator("[data-user]").nth(1).click();
    await thread.getByRole("button", { name: /^More/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/Match conditions/).waitFor();
    await dialog.getByRole("textbox").fill("call them on Monday");
    await dialog.getByRole("button", { name: "Save note" }).click();
    await dialog.getByText("call them on Monday").first().waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await thread
      .getByText(/1 note/)
      .first()
      .waitFor();

    expect(outside).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  it("needs no sideways scrolling on a telephone", async () => {
    const { page } = await openPage(browser, sandbox, {}, { viewport: { width: 390, height: 800 } });
    await page.locator("#composer").waitFor();
    const wider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    expect(wider).toBe(false);
  });
});
