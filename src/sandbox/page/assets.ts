import { readdirSync, readFileSync } from "node:fs";
import { BLOCKS_CSS } from "./render/blocks-css.ts";
import { BASE_CSS } from "./styles/base.ts";
import { CONVERSATION_CSS } from "./styles/conversation.ts";
import { LAYOUT_CSS } from "./styles/layout.ts";
import { ROOM_CSS } from "./styles/room.ts";

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const CSS = [BASE_CSS, LAYOUT_CSS, CONVERSATION_CSS, BLOCKS_CSS, ROOM_CSS].join("\n");

/** The browser's modules as the build leaves them beside this file. */
const CLIENT = new URL("./client/", import.meta.url);

/** A file that the document asks for; null when there is none of that name. */
export function readAsset(pathname: string): Asset | null {
  if (pathname === "/page.css") return { type: "text/css", body: CSS };
  const name = /^\/client\/([a-z-]+\.js)$/.exec(pathname)?.[1];
  if (!name || !readdirSync(CLIENT).includes(name)) return null;
  return { type: "text/javascript", body: readFileSync(new URL(name, CLIENT), "utf8") };
}
