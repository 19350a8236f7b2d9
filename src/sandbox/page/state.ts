import type { FakeFindAll } from "../fake-findall/server.ts";
import type { FakeSlack } from "../fake-slack/index.ts";
import type { Manifest } from "../fake-slack/manifest.ts";
import type { StoryStage } from "../stories/player.ts";
import type { Machines } from "./machines.ts";
import type { Reactions } from "./reactions.ts";
import type { ServiceNumbers } from "./scrape.ts";
import type { SlashCommand } from "./slash-commands.ts";
import type { Trouble } from "./troubles.ts";

/** Everything that a view of the page is made from. */
export interface PageState {
  readonly slack: FakeSlack;
  readonly findall: FakeFindAll;
  readonly stage: StoryStage;
  readonly machines: Machines;
  readonly troubles: readonly Trouble[];
  readonly reactions: Reactions;
  readonly manifest: Manifest;
  readonly commands: readonly SlashCommand[];
  /** ts of the newest message that somebody has seen, by person and channel. */
  readonly seen: Map<string, string>;
  /** What the service last said of itself; null while it does not answer. */
  service: ServiceNumbers | null;
}

/** A part of the page that is drawn anew as a whole; the key tells the browser which one it was before. */
export interface Piece {
  readonly key: string;
  readonly html: string;
}

/** The places of the page that the server fills. */
export const REGIONS = [
  "people",
  "channels",
  "heading",
  "messages",
  "composer",
  "thread-heading",
  "thread",
  "thread-composer",
  "modals",
  "status",
  "stories",
  "troubles",
  "numbers",
] as const;

export type RegionName = (typeof REGIONS)[number];

/** What every region shows at one moment. */
export type Regions = Readonly<Record<RegionName, readonly Piece[]>>;
