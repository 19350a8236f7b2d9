import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpretMrkdwn } from "../../src/sandbox/fake-slack/mrkdwn.ts";
import { checkUrl, hostLabel, hostLink, link } from "../../src/slack/links.ts";
import { hostileText } from "./support/hostile.ts";

describe("a foreign URL", () => {
  test.each([
    ["https://acme.example/a", "https://acme.example/a", "acme.example"],
    ["http://www.acme.example", "http://www.acme.example/", "acme.example"],
    ["acme.example", "https://acme.example/", "acme.example"],
    ["//acme.example/x", "https://acme.example/x", "acme.example"],
    ["acme.example:8080/x", "https://acme.example:8080/x", "acme.example:8080"],
    ["  https://acme.example  ", "https://acme.example/", "acme.example"],
    ["https://acme.example/a b|c<d>`e`", "https://acme.example/a%20b%7Cc%3Cd%3E%60e%60", "acme.example"],
    ["https://аpple.example/", "https://xn--pple-43d.example/", "xn--pple-43d.example"],
  ])("%j leads to %s", (raw, href, host) => {
    expect(checkUrl(raw)).toEqual({ href, host });
  });

  test.each([
    "",
    "n/a",
    "unknown",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "slack://open",
    "mailto:a@acme.example",
    "https://user:pw@acme.example",
    "https://paypal.example@evil.example",
    "user@acme.example",
    "https:\\\\evil.example",
    "https:/acme.example",
    "https://",
    `https://acme.example/${"x".repeat(3000)}`,
  ])("%j becomes no link", (raw) => {
    expect(checkUrl(raw)).toBeNull();
  });
});

describe("a link", () => {
  const url = checkUrl("https://acme.example/?a=1&lt=2");
  if (url === null) throw new Error("a good URL was refused");

  test("carries the address escaped and the label as words", () => {
    expect(link(url, "A|B <C> *D*\nE", 100)).toBe("<https://acme.example/?a=1&amp;lt=2|A¦B &lt;C&gt; ∗D∗ E>");
  });

  test("leads where it should, whatever the label", () => {
    fc.assert(
      fc.property(hostileText, (label) => {
        const spans = interpretMrkdwn(link(url, label, 100));
        expect(spans).toMatchObject([{ kind: "link", url: "https://acme.example/?a=1&lt=2", auto: false }]);
      }),
    );
  });

  test("can be labelled by its host", () => {
    expect(hostLink(url)).toBe("<https://acme.example/?a=1&amp;lt=2|acme.example>");
  });

  test("shows the end of a long host, since that says whose it is", () => {
    const long = checkUrl(`https://paypal.example.${"x.".repeat(40)}evil.example`);
    expect(hostLabel(long ?? url, 30)).toMatch(/^….*evil\.example$/);
  });
});
