import { section } from "../blocks.ts";
import { fitView } from "./fit-view.ts";
import { type ModalView, modal } from "./modal.ts";

/** A small modal that says one thing: why something cannot be shown or done. @param text finished mrkdwn */
export function renderNotice(text: string): ModalView {
  return fitView(modal({ callbackId: "notice", title: "Review", state: "", blocks: [section(text)] }));
}
