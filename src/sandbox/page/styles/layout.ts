/** The columns: channels, conversation, thread, and the control room below; one at a time on a narrow screen. */
export const LAYOUT_CSS = `
.app { display: grid; height: 100dvh; grid-template: minmax(0, 1fr) auto / 248px minmax(0, 1fr) auto; grid-template-areas: "side talk thread" "side room room"; }
.narrow-only { display: none !important; }

.sidebar { grid-area: side; display: flex; flex-direction: column; min-height: 0; background: var(--side); color: var(--side-text); }
.sidebar :focus-visible { outline-color: #fff; outline-offset: -2px; }
.workspace { display: flex; align-items: baseline; gap: 8px; padding: 16px 16px 12px; font-size: 17px; color: #fff; }
.workspace span { color: var(--side-muted); font-size: 12px; }
.sidebar nav { flex: 1; overflow-y: auto; padding: 0 8px 16px; }
.sidebar nav h2 { padding: 16px 8px 4px; color: var(--side-muted); font-size: 13px; font-weight: 600; }
.people { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4px; padding: 4px; margin: 0 12px; border-radius: 10px; background: rgb(0 0 0 / .22); }
.person { display: flex; flex-direction: column; align-items: center; gap: 4px; padding: 6px 4px; border: 0; border-radius: 7px; background: none; color: var(--side-text); font-size: 12px; }
.person .avatar { width: 28px; height: 28px; border-radius: 6px; font-size: 14px; }
.person:hover { background: var(--side-hover); }
.person[aria-pressed="true"] { background: var(--side-here); color: #fff; font-weight: 700; }
.channel { display: flex; align-items: center; gap: 8px; min-height: 32px; padding: 0 8px; border-radius: 6px; color: var(--side-text); text-decoration: none; }
.channel .avatar { width: 20px; height: 20px; border-radius: 4px; font-size: 11px; }
.channel .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.channel .note { margin-left: auto; color: var(--side-muted); font-size: 11px; white-space: nowrap; }
.channel:hover { background: var(--side-hover); }
.channel[data-unread] { color: #fff; font-weight: 700; }
.channel .count { margin-left: auto; padding: 0 8px; border-radius: 10px; background: #d92c55; color: #fff; font-size: 12px; font-weight: 700; }
.channel .note + .count { margin-left: 0; }
.channel[aria-current] { background: var(--side-here); color: #fff; }
.channel[aria-current] .note { color: #e9e5f6; }
.sidebar-foot { padding: 8px; border-top: 1px solid var(--side-line); }
.quiet { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 36px; padding: 0 8px; border: 0; border-radius: 6px; background: none; color: var(--side-muted); font-size: 13px; }
.quiet:hover { background: var(--side-hover); color: #fff; }

.talk { grid-area: talk; }
.thread { grid-area: thread; width: clamp(360px, 33vw, 480px); border-left: 1px solid var(--line); }
body[data-thread="closed"] .thread { display: none; }
.talk, .thread { position: relative; display: flex; flex-direction: column; min-width: 0; min-height: 0; background: var(--bg); }
.talk-head { display: flex; align-items: center; gap: 8px; min-height: 56px; padding: 0 16px 0 20px; border-bottom: 1px solid var(--line); }
.talk-head [data-region] { flex: 1; min-width: 0; }
.talk-head [data-key] { display: flex; align-items: center; gap: 12px; min-width: 0; }
.talk-head h1, .talk-head h2 { display: flex; align-items: center; gap: 6px; min-width: 0; font-size: 17px; line-height: 24px; }
.talk-head h1 span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.talk-head .place, .members { color: var(--muted); font-size: 13px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.tabs { display: flex; gap: 4px; margin-left: auto; }
.tab { min-height: 32px; padding: 0 12px; border: 0; border-radius: 6px; background: none; color: var(--muted); font-size: 14px; font-weight: 600; }
.tab:hover { background: var(--bg-hover); }
.tab[aria-pressed="true"] { color: var(--text); box-shadow: inset 0 -2px var(--link); border-radius: 6px 6px 0 0; }
.scroll { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; display: flex; flex-direction: column; }
.scroll > [data-region] { margin-top: auto; padding: 16px 0; }
.scroll > [data-region]:has(.empty) { margin-block: auto; }
.scroll > [data-region]:has(.home) { margin-top: 0; }
.scroll > [data-region]:focus-visible { outline-offset: -4px; }
.jump { position: absolute; z-index: 3; left: 50%; bottom: 88px; padding: 6px 16px; border: 0; border-radius: 16px; background: var(--link); color: light-dark(#fff, #10202e); font-size: 13px; font-weight: 700; box-shadow: var(--shadow); transform: translateX(-50%); }

@media (max-width: 1180px) { .app { grid-template-columns: 208px minmax(0, 1fr) auto; } .thread { width: 360px; } }
@media (max-width: 1000px) { body[data-thread="open"] .talk { display: none; } .thread { grid-column: 2 / -1; width: auto; border: 0; } }
@media (max-width: 760px) {
  .app { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); grid-template-areas: "only" "room"; }
  .narrow-only { display: inline-grid !important; }
  .quiet.narrow-only { display: flex !important; }
  .wide-only { display: none !important; }
  .sidebar, .talk, .thread { grid-area: only; }
  body[data-pane="channels"] :is(.talk, .thread), body:not([data-pane="channels"]) .sidebar { display: none; }
  body[data-pane="room"] :is(.talk, .thread) { display: none; }
  body[data-pane="room"] .app { grid-template-rows: 0 minmax(0, 1fr); }
  .channel { min-height: 44px; }
  .talk-head { padding: 0 8px; gap: 4px; }
  .talk-head .members { display: none; }
  .tab { padding: 0 8px; }
  .icon-button { width: 40px; height: 40px; }
}
`;
