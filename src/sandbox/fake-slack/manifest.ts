import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What Slack knows of the installed app: the parts of its manifest that the fake workspace goes by. */
export interface Manifest {
  readonly commands: readonly { readonly name: string; readonly description: string; readonly usageHint: string }[];
  readonly shortcuts: readonly Shortcut[];
  /** Types of the events that the app is told of. */
  readonly events: readonly string[];
}

/** Something that a person can do anywhere, or with a message. */
export interface Shortcut {
  readonly kind: "global" | "message";
  readonly name: string;
  readonly description: string;
  readonly callbackId: string;
}

const MANIFEST = fileURLToPath(new URL("../../../manifest.yml", import.meta.url));

/** Reads the app's manifest. The file is ours and plain, so that no YAML parser is needed. */
export function readManifest(text: string = readFileSync(MANIFEST, "utf8")): Manifest {
  return {
    commands: itemsUnder(text, "slash_commands").map((item) => ({
      name: field(item, "command"),
      description: field(item, "description"),
      usageHint: field(item, "usage_hint"),
    })),
    shortcuts: itemsUnder(text, "shortcuts").map((item) => ({
      kind: field(item, "type") === "message" ? "message" : "global",
      name: field(item, "name"),
      description: field(item, "description"),
      callbackId: field(item, "callback_id"),
    })),
    events: itemsUnder(text, "bot_events").map((item) => item.replace(/#.*/, "").trim()),
  };
}

/** The texts of the items of the list under a key. */
function itemsUnder(text: string, key: string): readonly string[] {
  const lines = text.split("\n").filter((line) => !/^\s*(#|$)/.test(line));
  const start = lines.findIndex((line) => line.trim() === `${key}:`);
  if (start < 0) return [];
  const indent = indentOf(lines[start] ?? "");
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => indentOf(line) < indent || (indentOf(line) === indent && !/^\s*-/.test(line)));
  const block = rest.slice(0, end < 0 ? undefined : end).join("\n");
  return `\n${block}`.split(/\n\s*- /).slice(1);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A field that stands on one line. */
function field(item: string, name: string): string {
  const value = new RegExp(`^\\s*${name}:\\s*(.*)$`, "m").exec(item)?.[1]?.trim() ?? "";
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
