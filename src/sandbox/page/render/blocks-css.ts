/**
 * How blocks look. The page defines the colours, for light and dark: --text, --muted, --border, --surface, --surface-2,
 * --accent, --danger, --link, --code-bg, --mention-bg. Nothing here is wider than its place; what must be scrolls inside.
 * An overflow menu unfolds against the row it stands in and not against its dots, so that it stays inside a narrow pane.
 */
export const BLOCKS_CSS = `
.b-block { margin: 4px 0; max-width: 640px; min-width: 0; overflow-wrap: anywhere; color: var(--text); }
.b-block .b-block { max-width: none; }
.b-text, .b-rich-section, .b-list li, .b-quote, .b-context-item { white-space: pre-wrap; }
.b-text, .b-rich, .b-markdown, .b-fields, .b-context-item { min-width: 0; }
.b-header { margin: 8px 0 2px; font-size: 18px; line-height: 1.35; font-weight: 800; }
.b-header-1 { font-size: 20px; }
.b-header-2 { font-size: 17px; }
.b-header-3 { font-size: 15px; }
.b-header-4 { font-size: 13px; color: var(--muted); }
.b-section { position: relative; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: flex-start; }
.b-section-body { flex: 1 1 220px; min-width: 0; }
.b-accessory { flex: 0 1 auto; min-width: 0; max-width: 100%; }
.b-accessory:has(> .b-overflow) { margin-left: auto; }
.b-fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 8px 16px; }
.b-text + .b-fields { margin-top: 8px; }
.b-context, .b-actions { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.b-context { font-size: 12px; color: var(--muted); line-height: 1.4; }
.b-actions { position: relative; gap: 8px; width: fit-content; min-width: min(280px, 100%); max-width: 100%; }
.b-action { display: inline-flex; flex-wrap: wrap; gap: 4px; align-items: center; min-width: 0; max-width: 100%; }
.b-divider { border: 0; border-top: 1px solid var(--border); margin: 8px 0; }

.b-link { color: var(--link); text-decoration: none; }
.b-link:hover, .b-link:focus-visible { text-decoration: underline; }
.b-dead-link { text-decoration: underline dotted; }
.b-mention { color: var(--link); background: var(--mention-bg); border-radius: 3px; padding: 0 2px; }
.b-mention-broadcast { font-weight: 700; }
.b-code, .b-pre, .b-json { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
.b-code { background: var(--code-bg); border: 1px solid var(--border); border-radius: 3px; padding: 1px 3px;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.b-pre { background: var(--code-bg); border: 1px solid var(--border); border-radius: 4px; padding: 8px; margin: 4px 0;
  white-space: pre-wrap; max-width: 100%; }
.b-quote { border-left: 4px solid var(--border); margin: 2px 0; padding: 0 0 0 12px; }
.b-emoji { font-style: normal; }
.b-date { white-space: normal; }
.b-color { white-space: nowrap; }
.b-swatch { width: 0.9em; height: 0.9em; margin-right: 3px; vertical-align: -0.05em; border-radius: 2px; }

.b-list { margin: 0; padding-left: 26px; }
.b-indent-1 { margin-left: 22px; } .b-indent-2 { margin-left: 44px; } .b-indent-3 { margin-left: 66px; }
.b-indent-4 { margin-left: 88px; } .b-indent-5 { margin-left: 110px; } .b-indent-6 { margin-left: 132px; }
.b-indent-7 { margin-left: 154px; } .b-indent-8 { margin-left: 176px; }
ul.b-marks-0 { list-style: disc; } ul.b-marks-1 { list-style: circle; } ul.b-marks-2 { list-style: square; }
ol.b-marks-0 { list-style: decimal; } ol.b-marks-1 { list-style: lower-alpha; } ol.b-marks-2 { list-style: lower-roman; }
.b-list.b-bordered { border-left: 4px solid var(--border); }
.b-markdown p { margin: 4px 0; }

.b-button, .b-overflow > summary, .b-overflow-option { font: inherit; font-size: 13px; font-weight: 700; cursor: pointer; }
.b-button { display: inline-block; min-height: 28px; padding: 4px 12px; border: 1px solid var(--border); border-radius: 4px;
  background: var(--surface); color: var(--text); text-decoration: none; text-align: center; line-height: 1.4;
  max-width: 100%; overflow-wrap: anywhere; }
.b-button:hover { background: var(--surface-2); }
.b-primary { background: var(--accent); border-color: var(--accent); color: var(--surface); }
.b-primary:hover { background: var(--accent); filter: brightness(1.1); }
.b-danger { border-color: var(--danger); color: var(--danger); }
.b-opens::after { content: " ↗" / ""; font-weight: 400; }
.b-button:disabled, .b-overflow-option:disabled { cursor: not-allowed; opacity: 0.6; }
.b-feedback { display: inline-flex; flex-wrap: wrap; gap: 4px; }
.b-overflow { display: inline-block; }
.b-overflow > summary { display: inline-flex; align-items: center; min-height: 24px; padding: 1px 10px; border: 1px solid var(--border);
  border-radius: 4px; background: var(--surface); color: var(--text); }
.b-overflow > summary::-webkit-details-marker { display: none; }
.b-overflow > ul { position: absolute; z-index: 5; right: 0; margin: 4px 0 0; padding: 4px; list-style: none;
  width: max-content; max-width: min(280px, 100%); box-sizing: border-box; border: 1px solid var(--border); border-radius: 6px;
  background: var(--surface); box-shadow: 0 4px 12px rgb(0 0 0 / 0.25); }
.b-action:only-child > .b-overflow > ul { left: 0; right: auto; }
.b-overflow-option { display: block; width: 100%; box-sizing: border-box; padding: 6px 8px; border: 0; border-radius: 4px;
  background: none; color: var(--text); text-align: left; text-decoration: none; font-weight: 400; }
.b-overflow-option:hover { background: var(--surface-2); }

.b-input { display: flex; flex-direction: column; align-items: stretch; gap: 4px; min-width: 0; }
.b-input > .b-button, .b-input > .b-overflow { align-self: flex-start; }
.b-label { font-weight: 700; padding: 0; }
.b-optional { font-weight: 400; color: var(--muted); }
.b-hint, .b-note, .b-host, .b-description { font-size: 12px; color: var(--muted); }
.b-error { font-size: 12px; color: var(--danger); font-weight: 700; }
.b-field-input, .b-picker-input, .b-select { font: inherit; font-size: 14px; color: var(--text); background: var(--surface);
  border: 1px solid var(--border); border-radius: 4px; padding: 5px 8px; min-width: 0; max-width: 100%; box-sizing: border-box;
  color-scheme: inherit; }
.b-input .b-field-input, .b-input .b-select { width: 100%; }
textarea.b-field-input { resize: vertical; }
.b-field-input[aria-invalid="true"], .b-select[aria-invalid="true"] { border-color: var(--danger); }
.b-stack, .b-picker { display: inline-flex; flex-direction: column; gap: 2px; min-width: 0; max-width: 100%; }
.b-boxes { border: 0; margin: 0; padding: 0; min-width: 0; }
.b-box { display: flex; gap: 8px; align-items: flex-start; padding: 2px 0; }
.b-box-words { min-width: 0; }
.b-description { display: block; }
.b-aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.b-named { border: 1px dashed var(--muted); border-radius: 4px; padding: 4px 8px; margin: 2px 0; font-size: 12px;
  color: var(--muted); max-width: 100%; box-sizing: border-box; }
.b-named > summary { cursor: pointer; }
.b-rich .b-named, .b-text .b-named { display: inline-block; vertical-align: top; }
.b-json { display: block; white-space: pre-wrap; max-height: 240px; overflow: auto; }
.b-image, .b-chart { margin: 0; }
.b-image figcaption, .b-chart figcaption { font-weight: 700; margin-bottom: 4px; }
.b-frame { border: 1px dashed var(--muted); border-radius: 4px; padding: 16px 12px; background: var(--surface-2);
  text-align: center; }
.b-image-named { font-size: 12px; color: var(--muted); }

.b-scroll { overflow-x: auto; max-width: 100%; }
.b-table { border-collapse: collapse; font-size: 14px; overflow-wrap: normal; }
.b-table caption { text-align: left; font-weight: 700; padding: 0 0 4px; }
.b-table th, .b-table td { border: 1px solid var(--border); padding: 4px 8px; text-align: left; vertical-align: top;
  min-width: 60px; }
.b-table th { background: var(--surface-2); }
.b-table .b-wraps { overflow-wrap: anywhere; }
.b-table .b-number, .b-table .b-right { text-align: right; }
.b-table .b-center { text-align: center; }

.b-card, .b-container, .b-plan, .b-alert, .b-task { border: 1px solid var(--border); border-radius: 8px; padding: 8px 12px;
  min-width: 0; box-sizing: border-box; }
.b-card { display: flex; flex-direction: column; gap: 4px; max-width: 420px; background: var(--surface); }
.b-card-title, .b-plan-title { font-weight: 700; }
.b-card-subtitle, .b-card-subtext { font-size: 12px; color: var(--muted); }
.b-carousel { display: flex; gap: 8px; overflow-x: auto; margin: 0; padding: 2px; list-style: none; max-width: 100%; }
.b-carousel > li { flex: 0 0 min(280px, 80%); min-width: 0; }
.b-container-head { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-weight: 700; }
summary.b-container-head { cursor: pointer; }
summary.b-container-head::before { content: "▸" / ""; }
details[open] > summary.b-container-head::before { content: "▾" / ""; }
.b-width-narrow { max-width: 360px; }
.b-alert { border-left: 4px solid var(--muted); }
.b-alert-info { border-left-color: var(--link); }
.b-alert-success, .b-alert-warning { border-left-color: var(--accent); }
.b-alert-error { border-left-color: var(--danger); }
.b-alert-level { font-size: 12px; font-weight: 700; color: var(--muted); }
.b-tasks, .b-sources { margin: 4px 0; padding-left: 20px; }
.b-task-title { font-weight: 700; }
.b-task-status { font-size: 12px; font-weight: 400; color: var(--muted); }
.b-task-output { color: var(--muted); }

.b-block :is(a, button, summary, input, select, textarea, [tabindex]):focus-visible { outline: 2px solid var(--accent);
  outline-offset: 2px; }
@media (max-width: 480px) {
  .b-button, .b-overflow > summary { min-height: 36px; padding-block: 8px; box-sizing: border-box; }
  .b-field-input, .b-picker-input, .b-select { font-size: 16px; }
}
@media (prefers-reduced-motion: no-preference) { .b-button { transition: background-color 80ms; } }
`;
