import type { Manifest } from "../fake-slack/manifest.ts";

/** What Slack shows of a slash command while it is typed. */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  readonly usageHint: string;
  /** Slack's own, not the app's. */
  readonly isBuiltIn: boolean;
}

const BUILT_IN: readonly SlashCommand[] = [
  { name: "/invite", description: "Bring FindAll into this channel", usageHint: "@FindAll", isBuiltIn: true },
  { name: "/remove", description: "Take FindAll out of this channel", usageHint: "@FindAll", isBuiltIn: true },
];

/** The app's commands as its manifest declares them, then those of Slack that the page knows. */
export function listSlashCommands({ commands }: Pick<Manifest, "commands">): readonly SlashCommand[] {
  return [...commands.map((command) => ({ ...command, isBuiltIn: false })), ...BUILT_IN];
}
