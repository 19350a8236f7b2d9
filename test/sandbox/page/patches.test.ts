import { expect, test } from "vitest";
import { readManifest } from "../../../src/sandbox/fake-slack/manifest.ts";
import { messageAt } from "../../../src/sandbox/page/client/permalinks.ts";
import { changesSince } from "../../../src/sandbox/page/live.ts";
import { listSlashCommands } from "../../../src/sandbox/page/slash-commands.ts";
import { type Piece, REGIONS, type Regions } from "../../../src/sandbox/page/state.ts";
import { asSlackKeeps } from "../../../src/sandbox/page/typed.ts";

const piece = (key: string, html = key): Piece => ({ key, html });

function regionsWith(messages: readonly Piece[]): Regions {
  const empty = Object.fromEntries(REGIONS.map((name) => [name, []])) as unknown as Regions;
  return { ...empty, messages };
}

test("the first patch holds every region, the next ones what is new, different, moved or gone", () => {
  const shown = new Map();
  expect(Object.keys(changesSince(shown, regionsWith([piece("a"), piece("b")])))).toEqual([...REGIONS]);
  expect(changesSince(shown, regionsWith([piece("a"), piece("b")]))).toEqual({});
  expect(changesSince(shown, regionsWith([piece("a"), piece("b", "B"), piece("c")]))).toEqual({
    messages: { keys: ["a", "b", "c"], pieces: { b: "B", c: "c" } },
  });
  expect(changesSince(shown, regionsWith([piece("c"), piece("a")]))).toEqual({
    messages: { keys: ["c", "a"], pieces: {} },
  });
});

test("a link into the workspace leads to a message, another one leads away", () => {
  const link = "https://acme.slack.com/archives/C0RESEARCH/p1795479486508000";
  const own = { channel: "C0RESEARCH", ts: "1795479486.508000", thread: "1795479486.508000" };
  expect(messageAt(link)).toEqual(own);
  expect(messageAt(`${link}?thread_ts=1795479000.000001&cid=C0RESEARCH`)).toEqual({
    ...own,
    thread: "1795479000.000001",
  });
  for (const other of [
    "https://evil.example/archives/C0RESEARCH/p1795479486508000",
    "https://acme.slack.com/files/x",
    "#",
  ])
    expect(messageAt(other)).toBeNull();
});

test("commands are read from the manifest, quoted or not, and Slack's own come after", () => {
  const manifest = [
    "  slash_commands:",
    "    - command: /findall",
    "      # url: https://HOST/slack/events",
    "      description: Follow a run",
    '      usage_hint: "<run id> | list"',
    "    - command: /other",
    "      description: Another",
    "      usage_hint: nothing",
  ].join("\n");
  const commands = listSlashCommands(readManifest(manifest));
  expect(commands.slice(0, 2)).toEqual([
    { name: "/findall", description: "Follow a run", usageHint: "<run id> | list", isBuiltIn: false },
    { name: "/other", description: "Another", usageHint: "nothing", isBuiltIn: false },
  ]);
  expect(commands.slice(2).every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
});

test("what is typed is kept as Slack keeps it", () => {
  expect(asSlackKeeps("a < b & c > d")).toBe("a &lt; b &amp; c &gt; d");
  expect(asSlackKeeps("see https://platform.example/runs?a=1&id=findall_1, please")).toBe(
    "see <https://platform.example/runs?a=1&amp;id=findall_1>, please",
  );
  expect(asSlackKeeps("(https://a.example/x)")).toBe("(<https://a.example/x>)");
});
