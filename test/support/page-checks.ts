/// <reference lib="dom" />
import type { Page } from "playwright-core";

/*
 * What a person with worn eyes or bad luck would see first, asked of the page as Chromium has laid it out. The functions
 * given to `evaluate` run in the page: they use nothing from around them.
 */

/** Texts whose contrast against what is behind them is below WCAG's AA: 4.5, or 3 for large ones. */
export function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("no canvas to read colours with");
    const read = (css: string): Colour => {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const light = ([r, g, b]: Colour) => {
      const part = (value: number) =>
        value / 255 <= 0.04045 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const ancestors = (element: Element | null): Element[] =>
      element ? [...ancestors(element.parentElement), element] : [];
    const faint = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const words = node.textContent?.trim() ?? "";
      if (!element || words === "" || /^\p{Extended_Pictographic}+$/u.test(words)) continue;
      if (element.closest(".sr-only, .skip, .b-aloud, :disabled, [aria-hidden=true], noscript")) continue;
      const { width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (width * height === 0 || !element.checkVisibility({ visibilityProperty: true })) continue;
      const chain = ancestors(element);
      const opacity = chain.reduce((product, each) => product * Number(getComputedStyle(each).opacity), 1);
      // What shows only while it is pointed at is measured when it shows.
      if (opacity === 0) continue;
      const behind = chain
        .map((each) => read(getComputedStyle(each).backgroundColor))
        .reduce((below, top) => over(top, below), [255, 255, 255, 1]);
      const [r, g, b, a] = read(style.color);
      const [one, other] = [light(over([r, g, b, a * opacity], behind)), light(behind)];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast < (isLarge ? 3 : 4.5)) {
        faint.add(`${contrast.toFixed(2)} "${words.slice(0, 40)}" (${element.tagName}.${element.className})`);
      }
    }
    return [...faint];
  });
}

/** Texts that are cut off: by an edge of the screen, or by a box that does not scroll. */
export function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const cut = new Set<string>();
    const scrolls = (element: Element | null): boolean => {
      if (!element) return false;
      const isBox = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
      return (isBox && element.scrollWidth > element.clientWidth + 1) || scrolls(element.parentElement);
    };
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!hasWords || element.closest(".sr-only, .skip, .b-aloud, .room-toggle, option, noscript, script")) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const name = `"${element.textContent?.trim().slice(0, 40)}" (${element.tagName}.${element.className})`;
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > innerWidth + 1) && !scrolls(element)) cut.add(`off the screen: ${name}`);
      for (let box: HTMLElement | null = element; box; box = box.parentElement) {
        const { overflowX, overflowY, webkitLineClamp } = getComputedStyle(box);
        const isWider = ["hidden", "clip"].includes(overflowX) && box.scrollWidth > box.clientWidth + 1;
        const isTaller =
          ["hidden", "clip"].includes(overflowY) &&
          webkitLineClamp !== "none" &&
          box.scrollHeight > box.clientHeight + 1;
        if ((isWider || isTaller) && box !== document.body) cut.add(`in a box too small: ${name}`);
      }
    }
    return [...cut];
  });
}

/** Whatever in the messages is more than text, the app's controls and links that lead where they say. */
export function liveMarkup(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const known =
      "a article b blockquote br button code dd details div dl dt em h3 h4 h5 h6 header hr i input label li ol p path pre s section small span strong summary svg textarea time ul";
    for (const element of document.querySelectorAll<HTMLElement>(
      '[data-region="messages"] *, [data-region="thread"] *, [data-region="modals"] .modal-body *',
    )) {
      const name = element.tagName.toLowerCase();
      const words = element.textContent?.trim() ?? "";
      if (!known.split(" ").includes(name)) wrong.push(`<${name}> ${words.slice(0, 60)}`);
      for (const { name: attribute } of element.attributes) {
        if (/^(on|style|src|srcdoc|formaction|action)/.test(attribute)) wrong.push(`${attribute} on <${name}>`);
      }
      if (!(element instanceof HTMLAnchorElement)) continue;
      const { protocol, hostname } = new URL(element.href);
      if (!["http:", "https:"].includes(protocol)) wrong.push(`a link by ${protocol}`);
      const shown = /^(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#]|$)/i.exec(words)?.[1];
      if (shown && shown.toLowerCase() !== hostname) wrong.push(`a link to ${hostname} that says ${shown}`);
    }
    return wrong;
  });
}
