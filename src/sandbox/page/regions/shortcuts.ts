import type { Manifest, Shortcut } from "../../fake-slack/manifest.ts";
import { type Html, html } from "../render/html.ts";

const NAMES: Readonly<Record<Shortcut["kind"], string>> = {
  message: "Shortcuts for this message",
  global: "Shortcuts",
};

/** A menu of the app's shortcuts of one kind; nothing where it has none. */
export function shortcutMenu({ shortcuts }: Manifest, kind: Shortcut["kind"], sign: Html): Html | "" {
  const offered = shortcuts.filter((each) => each.kind === kind);
  if (offered.length === 0) return "";
  const items = offered.map(
    ({ callbackId, name, description }) =>
      html`<li><button type="button" class="menu-item" data-shortcut="${callbackId}"><b>${name}</b><small>${description}</small></button></li>`,
  );
  return html`<details class="menu"><summary class="tool" title="${NAMES[kind]}" aria-label="${NAMES[kind]}">${sign}</summary><ul>${items}</ul></details>`;
}
