import { ApiError, invalid } from "../api-error.ts";
import { type Args, json, required, text } from "../args.ts";
import { withBlockIds } from "../block-ids.ts";
import type { Json, StoredView } from "../model.ts";
import { isObject } from "../validate/checks.ts";
import { LIMITS } from "../validate/limits.ts";
import { isViewTooLarge, viewProblems } from "../validate/views.ts";
import { viewToWire } from "../view-wire.ts";
import { nextId, type World } from "../world.ts";
import type { MethodContext, MethodTable } from "./method.ts";

/** Reads and checks the `view` of a call. */
export function readView(value: unknown, type: StoredView["type"]): Json {
  if (!isObject(value)) throw new ApiError("invalid_arguments");
  if (isViewTooLarge(value)) throw new ApiError("view_too_large");
  const problems = viewProblems(value, type);
  if (problems.length > 0) throw invalid("invalid_arguments", problems);
  return value;
}

/** Puts a view on the screen of a person. */
export function storeView(
  world: World,
  view: Omit<StoredView, "id" | "hash" | "rootId"> & { rootId?: string },
): StoredView {
  const id = nextId(world, "V");
  const stored: StoredView = {
    ...view,
    view: withIds(world, view.view),
    id,
    rootId: view.rootId ?? id,
    hash: newHash(world),
  };
  world.views.set(id, stored);
  world.changes.emit("view", stored);
  return stored;
}

export function replaceView(world: World, old: StoredView, view: Json): StoredView {
  const stored: StoredView = { ...old, view: withIds(world, view), hash: newHash(world) };
  world.views.set(old.id, stored);
  world.changes.emit("view", stored);
  return stored;
}

/** What is filled in is reported under the ids of the blocks. */
function withIds(world: World, view: Json): Json {
  return { ...view, blocks: withBlockIds(world, view.blocks as Json[]) };
}

export function closeView(world: World, view: StoredView): void {
  const closed = { ...view, open: false };
  world.views.set(view.id, closed);
  world.changes.emit("view", closed);
}

/** The modals a person has open, the topmost last. */
export function openModals(world: World, user: string): readonly StoredView[] {
  return [...world.views.values()].filter((view) => view.user === user && view.type === "modal" && view.open);
}

function newHash(world: World): string {
  world.lastId += 1;
  return `${Math.floor(world.now() / 1000)}.${world.lastId.toString(36)}`;
}

function open(args: Args, { world, spendTrigger }: MethodContext): Json {
  const { user } = spendTrigger(required(args, "trigger_id"));
  const view = readView(json(args, "view", "invalid_arguments"), "modal");
  const stored = storeView(world, { user, type: "modal", previousId: null, view, open: true });
  return { view: viewToWire(world, stored) };
}

function push(args: Args, { world, spendTrigger }: MethodContext): Json {
  const { user } = spendTrigger(required(args, "trigger_id"));
  const view = readView(json(args, "view", "invalid_arguments"), "modal");
  return { view: viewToWire(world, pushView(world, user, view)) };
}

/** Puts a view onto the stack of modals a person has open. */
export function pushView(world: World, user: string, view: Json): StoredView {
  const stack = openModals(world, user);
  if (stack.length >= LIMITS.view.stack) throw new ApiError("push_limit_reached");
  const top = stack.at(-1);
  return storeView(world, { user, type: "modal", previousId: top?.id ?? null, rootId: top?.rootId, view, open: true });
}

function update(args: Args, { world }: MethodContext): Json {
  const stored = findView(world, args);
  if (!stored?.open) throw new ApiError("not_found");
  checkHash(args, stored);
  const view = readView(json(args, "view", "invalid_arguments"), stored.type);
  return { view: viewToWire(world, replaceView(world, stored, view)) };
}

function findView(world: World, args: Args): StoredView | undefined {
  const externalId = text(args, "external_id");
  if (!externalId) return world.views.get(required(args, "view_id"));
  return [...world.views.values()].find((view) => view.view.external_id === externalId);
}

function checkHash(args: Args, stored: StoredView | undefined): void {
  const hash = text(args, "hash");
  if (hash && stored && hash !== stored.hash) throw new ApiError("hash_conflict");
}

function publish(args: Args, { world }: MethodContext): Json {
  const user = required(args, "user_id", "user_not_found");
  if (!world.people.has(user)) throw new ApiError("user_not_found");
  const old = homeOf(world, user);
  checkHash(args, old);
  const view = readView(json(args, "view", "invalid_arguments"), "home");
  const stored = old
    ? replaceView(world, old, view)
    : storeView(world, { user, type: "home", previousId: null, view, open: true });
  return { view: viewToWire(world, stored) };
}

/** The Home tab as a person sees it. */
export function homeOf(world: World, user: string): StoredView | undefined {
  return [...world.views.values()].find((view) => view.user === user && view.type === "home");
}

export const VIEW_METHODS: MethodTable = {
  "views.open": { handle: open },
  "views.push": { handle: push },
  "views.update": { handle: update },
  "views.publish": { handle: publish },
};
