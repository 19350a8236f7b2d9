import type { Html } from "./html.ts";

/** From where blocks are looked at: what a renderer needs to know beside the blocks. */
export interface Look {
  /** Names of people, channels and groups, without `@` and `#`. */
  readonly nameOf: (id: string) => string | undefined;
  /** False where nothing can be clicked: every control is shown, and disabled. */
  readonly interactive: boolean;
  /** Begins every id, so that two messages on one page do not share any. */
  readonly idPrefix: string;
  /** Milliseconds; without it no date is called "today" or "3 minutes ago". */
  readonly now?: number;
  /** IANA name; without it times are told in UTC, and say so. */
  readonly timeZone?: string;
  /** What menus of people and channels offer. */
  readonly options?: {
    readonly users: readonly { readonly id: string; readonly name: string }[];
    readonly channels: readonly { readonly id: string; readonly name: string }[];
  };
}

/** The place of a block or an element while it is rendered. */
export interface Spot {
  readonly look: Look;
  /** Unique on the page; the control itself has this id, so that a label can name it. */
  readonly id: string;
  /** Of the block around, or of the block around that one. */
  readonly blockId: string | undefined;
  /** Set inside an `input` block: the value is sent when the modal is submitted. */
  readonly field?: Field;
}

/** What an `input` block says about its element. */
export interface Field {
  readonly label: Html;
  /** Ids of hint and error. */
  readonly describedBy: string;
  readonly required: boolean;
  /** The block asks for an action at once, besides the value on submission. */
  readonly dispatch: boolean;
}

/** The place of a part of what is rendered here. */
export function inside(spot: Spot, name: string | number): Spot {
  return { ...spot, id: `${spot.id}-${name}` };
}
