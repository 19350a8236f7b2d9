import type { Json } from "./model.ts";
import { isObject } from "./validate/checks.ts";
import { nextId, type World } from "./world.ts";

/** Slack gives every block an id that came without one, those inside other blocks included. */
export function withBlockIds(world: World, blocks: readonly Json[]): readonly Json[] {
  return blocks.map((block) => withBlockId(world, block));
}

function withBlockId(world: World, block: Json): Json {
  const nested = Object.fromEntries(
    Object.entries({ child_blocks: block.child_blocks, elements: block.elements })
      .filter(([name, value]) => Array.isArray(value) && (name === "child_blocks" || block.type === "carousel"))
      .map(([name, value]) => [name, (value as unknown[]).map((each) => nestedBlock(world, each))]),
  );
  return { ...block, ...nested, block_id: block.block_id || nextId(world, "b") };
}

function nestedBlock(world: World, value: unknown): unknown {
  return isObject(value) ? withBlockId(world, value) : value;
}

/** A block and every block inside it, the innermost first. */
export function innerBlocks(block: Json): readonly Json[] {
  const lists = [block.child_blocks, block.type === "carousel" ? block.elements : []];
  const nested = lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  return [...nested.flatMap(innerBlocks), block];
}
