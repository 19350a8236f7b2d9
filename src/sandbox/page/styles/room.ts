/** The control room: stories, trouble, numbers. */
export const ROOM_CSS = `
.room { grid-area: room; display: flex; flex-direction: column; min-width: 0; border-top: 1px solid var(--line); background: var(--bg-soft); }
.room-bar { display: flex; align-items: center; gap: 16px; min-height: 44px; padding: 0 12px; }
.room-toggle { display: flex; align-items: center; gap: 8px; min-height: 32px; padding: 0 10px; border: 0; border-radius: 6px; background: none; font-size: 13px; font-weight: 700; white-space: nowrap; }
.room-toggle:hover { background: light-dark(#e9e9ee, #2d3138); }
body[data-room="open"] .room-toggle .icon:last-child { transform: rotate(180deg); }
.room-bar [data-region] { flex: 1; display: flex; align-items: center; gap: 16px; min-width: 0; }
.room-bar [data-key="causes"] { flex: 1; min-width: 0; }
.figures { display: flex; gap: 16px; }
.figure { display: flex; align-items: baseline; gap: 6px; font-size: 13px; white-space: nowrap; }
.figure dt { order: 2; color: var(--muted); }
.figure dd { min-width: 1.5ch; font-weight: 700; font-variant-numeric: tabular-nums; text-align: right; }
.causes { display: flex; gap: 4px; overflow-x: auto; justify-content: flex-end; }
.chip { min-height: 26px; padding: 0 8px; border: 1px solid var(--line); border-radius: 14px; background: var(--bg-raised); font-size: 13px; white-space: nowrap; }
.chip:hover { border-color: var(--line-strong); }
.chip[aria-pressed="true"] { border-color: var(--link); background: var(--link); color: light-dark(#fff, #10202e); font-weight: 700; }
.trouble-chip { border-color: var(--warn); background: var(--warn-bg); color: var(--warn); font-weight: 600; }

.room-body { display: none; height: min(320px, 40dvh); grid-template-columns: minmax(0, .85fr) minmax(0, 1.2fr) minmax(0, 1.25fr); border-top: 1px solid var(--line); }
body[data-room="open"] .room-body { display: grid; }
.room-body > section { min-height: 0; padding: 12px 16px 16px; overflow-y: auto; }
.room-body > section + section { border-left: 1px solid var(--line); }
.room-body h3 { margin-bottom: 8px; font-size: 14px; }
.room-body h4 { margin: 12px 0 4px; color: var(--muted); font-size: 12px; font-weight: 600; }
.speed { display: flex; flex-wrap: wrap; gap: 4px; margin-bottom: 8px; }
.stories { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2px; margin-top: 4px; }
.story { display: flex; gap: 10px; width: 100%; padding: 6px 8px; border: 0; border-radius: 6px; background: none; text-align: left; }
.story .icon { margin-top: 3px; color: var(--link); }
.story:hover { background: light-dark(#e9e9ee, #2d3138); }
.story b, .trouble b { display: block; font-size: 13.5px; line-height: 20px; }
.story small, .trouble small { display: block; color: var(--muted); font-size: 12px; line-height: 16px; }
.story > span, .trouble > span:last-child { min-width: 0; }
.plays { display: grid; gap: 4px; margin-bottom: 8px; font-size: 12px; }
.plays li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 56px; gap: 8px; align-items: center; }
.plays code { overflow-wrap: anywhere; }
.plays span { color: var(--muted); text-align: right; }
progress { width: 100%; height: 6px; border: 0; border-radius: 3px; background: var(--line); overflow: hidden; accent-color: var(--link); appearance: none; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--link); }
progress::-moz-progress-bar { background: var(--link); }

.troubles { display: grid; grid-template-columns: repeat(auto-fill, minmax(156px, 1fr)); gap: 4px; }
.trouble { display: flex; gap: 10px; padding: 6px 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--bg-raised); text-align: left; }
.trouble:hover:not(:disabled) { border-color: var(--line-strong); }
.trouble:disabled { background: none; opacity: .75; }
.trouble .knob { position: relative; flex: none; width: 28px; height: 16px; margin-top: 2px; border-radius: 8px; background: var(--line-strong); }
.trouble .knob::after { content: ""; position: absolute; top: 2px; left: 2px; width: 12px; height: 12px; border-radius: 50%; background: #fff; transition: inherit; }
.trouble:not([role]) .knob { width: 16px; margin-right: 12px; }
.trouble[aria-checked="true"] { border-color: var(--warn); background: var(--warn-bg); }
.trouble[aria-checked="true"] .knob { background: var(--warn); }
.trouble[aria-checked="true"] .knob::after { left: 14px; }

.room-body table { width: 100%; margin-bottom: 16px; border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
.room-body caption { padding-bottom: 4px; color: var(--muted); font-size: 12px; font-weight: 600; text-align: left; }
.room-body th, .room-body td { padding: 4px 0 4px 6px; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; vertical-align: bottom; }
.room-body thead th { color: var(--muted); font-size: 12px; }
.room-body th:first-child { padding-left: 0; text-align: left; overflow-wrap: anywhere; }
.room-body th small { display: block; color: var(--muted); }
.facts > div { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; border-bottom: 1px solid var(--line); font-size: 13px; }
.facts dt { color: var(--muted); }
.facts dd { text-align: right; }

@media (max-width: 1180px) { .figures { gap: 12px; } }
@media (max-width: 1000px) { .figure:nth-child(3), .figure:nth-child(4) { display: none; } }
@media (max-width: 760px) {
  .room-bar { gap: 8px; padding: 0 8px; }
  .room-toggle span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .figures { gap: 10px; }
  .figure { font-size: 12px; }
  .room-bar [data-key="causes"] { display: none; }
  .room-body { height: auto; flex: 1; min-height: 0; grid-template-columns: minmax(0, 1fr); overflow-y: auto; }
  body:not([data-pane="room"]) .room-body { display: none !important; }
  body[data-pane="room"] .room-body { display: block; }
  .room { min-height: 0; }
  .room-body > section { overflow: visible; }
  .room-body > section + section { border-left: 0; border-top: 1px solid var(--line); }
}
`;
