import type { KnownBlock } from "@slack/types";
import { bytesOf } from "./fit-view.ts";

/** Blocks that belong together. */
export type Group = readonly KnownBlock[];

export interface PageSize {
  readonly blocks: number;
  /** As JSON. */
  readonly bytes: number;
}

/**
 * Divides groups into pages, in order, nothing left out. A group that would fit on a page of its own is not torn; a larger
 * one goes on over pages. There is always one page.
 */
export function paginate(groups: readonly Group[], size: PageSize): readonly Group[] {
  const pages: Page[] = [newPage()];
  for (const group of groups) {
    const weighed = group.map((block) => ({ block, bytes: bytesOf(block) + 1 }));
    const whole = weighed.reduce((sum, each) => sum + each.bytes, 0);
    if (!fits(lastOf(pages), group.length, whole, size) && fits(newPage(), group.length, whole, size))
      pages.push(newPage());
    for (const { block, bytes } of weighed) {
      if (!fits(lastOf(pages), 1, bytes, size)) pages.push(newPage());
      const page = lastOf(pages);
      page.blocks.push(block);
      page.bytes += bytes;
    }
  }
  return pages.map((page) => page.blocks);
}

interface Page {
  readonly blocks: KnownBlock[];
  bytes: number;
}

function newPage(): Page {
  return { blocks: [], bytes: 0 };
}

function lastOf(pages: readonly Page[]): Page {
  return pages.at(-1) ?? newPage();
}

function fits(page: Page, blocks: number, bytes: number, size: PageSize): boolean {
  return page.blocks.length + blocks <= size.blocks && page.bytes + bytes <= size.bytes;
}
