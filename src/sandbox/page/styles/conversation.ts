/** Messages, where one writes, and modals. */
export const CONVERSATION_CSS = `
.message { position: relative; display: flex; gap: 10px; padding: 8px 20px; }
.message:hover, .message:focus-within { background: var(--bg-hover); }
.message.found { background: var(--warn-bg); }
.message-main { flex: 1; min-width: 0; }
.message-head { display: flex; align-items: baseline; gap: 6px; line-height: 20px; }
.message-head time { color: var(--muted); font-size: 12px; }
.message-body { overflow-wrap: anywhere; }
.message-body .text { white-space: pre-wrap; }
.message-context { display: flex; align-items: center; gap: 4px; color: var(--muted); font-size: 13px; line-height: 20px; }
.message-context .icon { width: 14px; height: 14px; }
.edited { margin-left: 4px; color: var(--muted); font-size: 12px; }
.ephemeral { background: var(--own-bg); box-shadow: inset 3px 0 var(--line-strong); }
.tombstone .message-context { min-height: 36px; font-style: italic; }
.attachment { margin-top: 4px; padding-left: 12px; border-left: 4px solid var(--line); }
.day { display: flex; align-items: center; margin: 8px 20px; font-size: 13px; font-weight: 600; }
.day::before, .day::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.day span { padding: 2px 14px; border: 1px solid var(--line); border-radius: 14px; }

.replies { display: inline-flex; gap: 8px; align-items: baseline; margin: 4px 0 0 -6px; padding: 4px 6px; border: 1px solid transparent; border-radius: 6px; background: none; font-size: 13px; }
.replies b { color: var(--link); }
.replies span { color: var(--muted); }
.replies:hover { border-color: var(--line); background: var(--bg); }
.reactions { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 4px; }
.reaction { min-height: 26px; padding: 0 8px; border: 1px solid transparent; border-radius: 13px; background: var(--bg-soft); font-size: 13px; }
.reaction[aria-pressed="true"] { border-color: var(--link); }
.message-tools { position: absolute; top: -14px; right: 20px; display: flex; padding: 2px; border: 1px solid var(--line); border-radius: 8px; background: var(--bg-raised); box-shadow: 0 1px 4px rgb(0 0 0 / .08); opacity: 0; pointer-events: none; }
.message:hover .message-tools, .message-tools:focus-within, .message-tools:has(.menu[open]) { opacity: 1; pointer-events: auto; }
[data-key]:first-child > .message > .message-tools { top: 2px; }
.tool { display: grid; place-items: center; width: 30px; height: 28px; border: 0; border-radius: 6px; background: none; }
.tool:hover { background: var(--bg-hover); }
.menu { position: relative; }
.menu > summary { list-style: none; cursor: pointer; }
.menu > summary::-webkit-details-marker { display: none; }
.menu > ul { position: absolute; z-index: 5; right: 0; width: 280px; margin-top: 6px; padding: 4px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--bg-raised); box-shadow: var(--shadow); }
.menu-item { display: block; width: 100%; padding: 6px 10px; border: 0; border-radius: 6px; background: none; text-align: left; }
.menu-item:hover { background: var(--bg-hover); }
.menu-item b { display: block; font-size: 14px; }
.menu-item small { display: block; color: var(--muted); font-size: 12px; line-height: 16px; }
.composer .menu > summary { width: 36px; height: 36px; color: var(--muted); }
.composer .menu > ul { inset: auto auto calc(100% + 10px) 0; }

.file { display: flex; align-items: center; gap: 12px; max-width: 480px; margin-top: 4px; padding: 10px 12px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--bg-raised); }
.file > .icon { width: 24px; height: 24px; color: var(--link); }
.file-name { flex: 1; min-width: 0; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.file-name:hover b { text-decoration: underline; }
.file-name small { display: block; color: var(--muted); font-size: 12px; }
.file .button { text-decoration: none; color: inherit; }
.file-row { padding: 8px 20px; }

.empty { max-width: 660px; margin: 0 auto; padding: 32px 24px 40px; text-align: center; }
.empty h3 { margin-bottom: 8px; font-size: 22px; line-height: 32px; }
.empty p { margin-bottom: 16px; color: var(--muted); }
.empty-actions { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; }
.home { max-width: 760px; margin: 0 auto; padding: 8px 24px; }

[data-region="composer"], [data-region="thread-composer"] { padding: 0 16px 16px; }
.composer { display: flex; align-items: flex-end; gap: 8px; padding: 4px; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg-raised); }
.composer:focus-within { border-color: var(--focus); box-shadow: 0 0 0 1px var(--focus); }
.composer textarea { flex: 1; min-width: 0; min-height: 36px; max-height: 200px; padding: 7px 8px; border: 0; background: none; resize: none; field-sizing: content; outline: none; }
.composer textarea::placeholder { color: var(--muted); opacity: 1; }
.send { display: grid; place-items: center; width: 36px; height: 36px; border: 0; border-radius: 6px; background: none; color: var(--muted); }
.composer:has(textarea:not(:placeholder-shown)) .send { background: var(--primary); color: #fff; }
.composer-closed { padding: 12px 16px; border-radius: var(--radius); background: var(--bg-soft); color: var(--muted); text-align: center; }
[data-region="composer"] [data-key] { position: relative; }
.hints { position: absolute; z-index: 4; inset: auto 0 calc(100% + 8px); padding: 8px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--bg-raised); box-shadow: var(--shadow); }
.hints li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding: 8px 12px; border-radius: 6px; cursor: pointer; }
.hints li[aria-selected="true"], .hints li:hover { background: light-dark(#1264a3, #1d4f78); color: #fff; }
.hints .usage { font-family: var(--mono); font-size: 13px; }
.hints b { margin-right: 4px; }
.hints .what, .hints .whose { font-size: 13px; opacity: .92; }

dialog.modal { width: min(560px, calc(100vw - 32px)); max-height: min(720px, calc(100dvh - 48px)); padding: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--bg-raised); color: var(--text); box-shadow: var(--shadow); overflow: hidden; }
dialog.modal::backdrop { background: rgb(0 0 0 / .5); }
dialog.modal form { display: flex; flex-direction: column; max-height: inherit; }
dialog.modal header, dialog.modal footer { display: flex; align-items: center; gap: 8px; padding: 16px 24px; }
dialog.modal header h2 { flex: 1; font-size: 20px; line-height: 28px; overflow-wrap: anywhere; }
dialog.modal footer { justify-content: flex-end; border-top: 1px solid var(--line); }
.modal-body { flex: 1; min-height: 0; padding: 4px 24px 24px; overflow-y: auto; overflow-wrap: anywhere; }
.field-error { margin-top: 4px; color: var(--bad); font-size: 13px; }
.confirm h2 { padding: 20px 24px 0; font-size: 18px; }
.confirm p { padding: 8px 24px 20px; }

@media (max-width: 760px) {
  .message { padding: 8px 12px; }
  .day { margin: 8px 12px; }
  [data-region="composer"], [data-region="thread-composer"] { padding: 0 8px 8px; }
  dialog.modal { width: 100vw; max-width: none; height: 100dvh; max-height: none; margin: 0; border: 0; border-radius: 0; }
  dialog.modal form { height: 100%; }
  dialog.confirm { width: calc(100vw - 32px); height: auto; margin: auto; border-radius: 12px; }
}
@media (hover: none) { .message-tools { top: 4px; right: 8px; border: 0; box-shadow: none; background: none; opacity: .8; pointer-events: auto; } .message-tools .tool:not(:last-child) { display: none; } }
`;
