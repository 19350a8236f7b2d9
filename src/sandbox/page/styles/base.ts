/** Colours, type and the small parts that are used everywhere. */
export const BASE_CSS = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#ffffff, #1a1d21);
  --bg-soft: light-dark(#f6f6f8, #22252a);
  --bg-hover: light-dark(#f3f3f6, #24272d);
  --bg-raised: light-dark(#ffffff, #26292f);
  --line: light-dark(#dfe0e6, #383c44);
  --line-strong: light-dark(#868a97, #7d838f);
  --text: light-dark(#1d1c1d, #e4e5e8);
  --muted: light-dark(#5b5e6b, #a6abb7);
  --link: light-dark(#1264a3, #70b5f0);
  /* The names that the renderer of blocks goes by. */
  --border: light-dark(#b6b8c2, #545964);
  --surface: light-dark(#ffffff, #26292f);
  --surface-2: light-dark(#f1f1f4, #30343b);
  --accent: light-dark(#007a5a, #57c795);
  --code-bg: light-dark(#f5f5f7, #2a2d33);
  --mention-bg: light-dark(#e5f1fa, #20364a);
  --focus: light-dark(#1264a3, #8ec7f7);
  --primary: light-dark(#007a5a, #17825f);
  --danger: light-dark(#c01343, #ff7f9c);
  --good: light-dark(#0b6b47, #63cf9f);
  --warn: light-dark(#8a5300, #f0b84e);
  --bad: light-dark(#b8123f, #ff8aa5);
  --warn-bg: light-dark(#fff4de, #3a2f17);
  --own-bg: light-dark(#f5f7fb, #20252d);
  --side: light-dark(#2b2440, #17141f);
  --side-text: #dcd7e8;
  --side-muted: #b3abc7;
  --side-line: light-dark(#453c60, #2e2939);
  --side-hover: light-dark(#3a3154, #262133);
  --side-here: #5a4bb5;
  --shadow: 0 4px 20px light-dark(rgb(20 20 40 / .16), rgb(0 0 0 / .5));
  --radius: 8px;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  font: 15px/1.46668 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }

*, *::before, *::after { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { background: var(--bg); color: var(--text); overflow: hidden; }
h1, h2, h3, h4, p, ul, dl, dd, table { margin: 0; padding: 0; }
ul { list-style: none; }
button, textarea, input, select { font: inherit; color: inherit; }
button { cursor: pointer; }
button:disabled { cursor: not-allowed; }
a { color: var(--link); }
code, kbd { font-family: var(--mono); font-size: .86em; }
kbd { padding: 2px 6px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; background: var(--bg-soft); }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
[aria-busy="true"] { opacity: .6; cursor: progress; }
.icon { width: 16px; height: 16px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }

.sr-only { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: fixed; z-index: 20; top: 8px; left: 8px; padding: 8px 16px; border-radius: var(--radius); background: var(--bg-raised); box-shadow: var(--shadow); transform: translateY(-200%); }
.skip:focus { transform: none; }

.button { display: inline-flex; align-items: center; gap: 8px; min-height: 36px; padding: 0 14px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg-raised); font-weight: 600; font-size: 14px; }
.button:hover:not(:disabled) { background: var(--bg-hover); }
.button:disabled { opacity: .5; }
.button.small { min-height: 28px; padding: 0 10px; font-size: 13px; }
.button.primary { border-color: transparent; background: var(--primary); color: #fff; }
.button.primary:hover { background: color-mix(in srgb, var(--primary) 88%, #000); }
.button.danger { border-color: transparent; background: #c01343; color: #fff; }
.icon-button { display: inline-grid; place-items: center; width: 32px; height: 32px; flex: none; border: 0; border-radius: 6px; background: none; color: var(--muted); }
.icon-button:hover { background: var(--bg-hover); color: var(--text); }
.link { padding: 0; border: 0; background: none; color: var(--link); }
.link:hover { text-decoration: underline; }
.badge { padding: 0 4px; border-radius: 3px; background: light-dark(#e8e8ec, #383c44); color: var(--muted); font-size: 10.5px; font-weight: 700; line-height: 15px; letter-spacing: .02em; }
.aside { color: var(--muted); font-size: 13px; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); font-weight: 700; }

.avatar { display: inline-grid; place-items: center; width: 36px; height: 36px; flex: none; border-radius: 8px; color: #fff; font-weight: 700; }
.avatar-0 { background: #8a4baf; } .avatar-1 { background: #24755f; } .avatar-2 { background: #a8541c; } .avatar-3 { background: #a0335f; }
.avatar-app { background: #2d4ed0; font-size: 20px; }
.avatar-slackbot { background: #4c5160; }
.avatar-gone { background: var(--line); }

.toasts { position: fixed; z-index: 15; left: 50%; bottom: 120px; display: grid; gap: 8px; max-width: min(560px, calc(100vw - 32px)); transform: translateX(-50%); }
.toasts p { padding: 10px 16px; border-radius: var(--radius); background: #2a2d34; color: #fff; box-shadow: var(--shadow); }
.offline { position: fixed; z-index: 16; inset: 0 0 auto; padding: 8px 16px; background: #b3123e; color: #fff; text-align: center; }

@media (prefers-reduced-motion: no-preference) {
  .trouble .knob, .room-toggle .icon:last-child { transition: all .15s ease; }
}
`;
