import type { ServerResponse } from "node:http";
import { drawPage } from "./draw.ts";
import { type PageState, type Piece, REGIONS, type RegionName, type Regions } from "./state.ts";
import type { Viewer } from "./viewer.ts";

/** What has changed in one region: all keys in order, and the pieces that are new or different. */
export interface RegionPatch {
  readonly keys: readonly string[];
  readonly pieces: Readonly<Record<string, string>>;
}

export type Patch = Partial<Readonly<Record<RegionName, RegionPatch>>>;

/** Every browser that looks at the page now. */
export interface Audience {
  /** Sends the page as `viewer` sees it, and from then on what changes, until the connection ends. */
  readonly join: (viewer: Viewer, response: ServerResponse) => void;
  /** Something has changed; soon everybody hears of it. */
  readonly stir: () => void;
  readonly size: () => number;
  readonly close: () => void;
}

interface Member {
  readonly viewer: Viewer;
  readonly response: ServerResponse;
  shown: Map<RegionName, ReadonlyMap<string, string>>;
}

/** One drawing for a burst of changes. */
const PAUSE_MS = 50;
const HEARTBEAT_MS = 15_000;

export function createAudience(state: PageState): Audience {
  const members = new Set<Member>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (member: Member) => {
    const patch = changesSince(member.shown, drawPage(state, member.viewer, Date.now()));
    if (Object.keys(patch).length > 0) sendEvent(member.response, "patch", patch);
  };
  const tellAll = () => {
    timer = null;
    for (const member of members) tell(member);
  };
  const heartbeat = setInterval(() => {
    for (const { response } of members) response.write(": still here\n\n");
  }, HEARTBEAT_MS);

  return {
    join: (viewer, response) => {
      const member: Member = { viewer, response, shown: new Map() };
      response.once("close", () => members.delete(member));
      members.add(member);
      sendEvent(response, "viewer", viewer);
      tell(member);
    },
    stir: () => {
      timer ??= setTimeout(tellAll, PAUSE_MS);
    },
    size: () => members.size,
    close: () => {
      clearInterval(heartbeat);
      if (timer) clearTimeout(timer);
      for (const { response } of members) response.end();
      members.clear();
    },
  };
}

/** What is different from what was shown, which is brought up to date. */
export function changesSince(shown: Map<RegionName, ReadonlyMap<string, string>>, regions: Regions): Patch {
  const patch: { -readonly [Name in RegionName]?: RegionPatch } = {};
  for (const name of REGIONS) {
    const before = shown.get(name);
    const after = new Map(regions[name].map(({ key, html }) => [key, html]));
    shown.set(name, after);
    if (before && isSame(before, after)) continue;
    const changed = regions[name].filter(({ key, html }) => before?.get(key) !== html);
    patch[name] = { keys: [...after.keys()], pieces: Object.fromEntries(changed.map(toEntry)) };
  }
  return patch;
}

const toEntry = ({ key, html }: Piece) => [key, html] as const;

function isSame(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  if (before.size !== after.size) return false;
  const keys = before.keys();
  for (const [key, html] of after) if (keys.next().value !== key || before.get(key) !== html) return false;
  return true;
}

function sendEvent(response: ServerResponse, name: string, data: unknown): void {
  response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
