import type { Message } from "../../../src/domain/message.ts";

interface ButtonJson {
  readonly text: { readonly text: string };
  readonly action_id: string;
  readonly value?: string;
  readonly accessibility_label?: string;
}

interface BlockJson {
  readonly block_id?: string;
  readonly elements?: readonly ButtonJson[];
  readonly accessory?: ButtonJson;
  readonly type: string;
}

/** What a person can press on a message, block by block. */
export function controlsIn(message: Message) {
  return (message.blocks as readonly BlockJson[]).flatMap((block) => {
    const elements = block.type === "actions" ? (block.elements ?? []) : block.accessory ? [block.accessory] : [];
    if (elements.length === 0) return [];
    return {
      block: block.block_id,
      buttons: elements.map((each) => each.text.text),
      actions: elements.map((each) => each.action_id),
      values: elements.map((each) => each.value),
      labels: elements.map((each) => each.accessibility_label),
    };
  });
}
