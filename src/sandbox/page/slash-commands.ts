import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What Slack shows of a slash command while it is typed. */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  readonly usageHint: string;
  /** Slack's own, not the app's. */
  readonly isBuiltIn: boolean;
}

const MANIFEST = fileURLToPath(new URL("../../../manifest.yml", import.meta.url));

const BUILT_IN: readonly SlashCommand[] = [
  { name: "/invite", description: "Bring FindAll into this channel", usageHint: "@FindAll", isBuiltIn: true },
  { name: "/remove", description: "Take FindAll out of this channel", usageHint: "@FindAll", isBuiltIn: true },
];

/** The app's commands as its manifest declares them, then those of Slack that the page knows. */
export function listSlashCommands(manifest: string = readFileSync(MANIFEST, "utf8")): readonly SlashCommand[] {
  const declared = manifest.split(/^\s*- command:/m).slice(1);
  const commands = declared.map((part) => ({
    name: part.split("\n")[0]?.trim() ?? "",
    description: field(part, "description"),
    usageHint: field(part, "usage_hint"),
    isBuiltIn: false,
  }));
  return [...commands, ...BUILT_IN];
}

/** Whether Slack would tell the app of this kind of event. */
export function isSubscribed(event: string, manifest: string = readFileSync(MANIFEST, "utf8")): boolean {
  return new RegExp(`^\\s*- ${event}\\s*(#.*)?$`, "m").test(manifest);
}

/** A field of the manifest that stands on one line; the file is ours and plain, so that no YAML parser is needed. */
function field(part: string, name: string): string {
  const value = new RegExp(`^\\s*${name}:\\s*(.*)$`, "m").exec(part)?.[1]?.trim() ?? "";
  return value.replace(/^"(.*)"$/, "$1");
}
