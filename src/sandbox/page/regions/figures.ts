import type { Numbers } from "../numbers.ts";
import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import type { Viewer } from "../viewer.ts";

/** The line that is always there: is it whole, is anything waiting, what trouble is on. */
export function drawStatus(state: PageState, numbers: Numbers, viewer: Viewer): readonly Piece[] {
  const causes = state.troubles.filter(
    (trouble) => trouble.kind === "switch" && trouble.isOn(viewer) && isNews(trouble, viewer, state),
  );
  const pace = numbers.paces.reduce((sum, each) => sum + each.perSecond, 0);
  const figures = [
    figure("posts/s", pace.toFixed(1)),
    figure("waiting", state.service?.laneDepth ?? "–"),
    figure("429s", numbers.rateLimited, numbers.rateLimited > 0 ? "warn" : ""),
    figure("ambiguous", numbers.ambiguous, numbers.ambiguous > 0 ? "warn" : ""),
    figure("lost", numbers.lost, numbers.lost > 0 ? "bad" : "good"),
    figure("doubled", numbers.doubled, numbers.doubled > 0 ? "bad" : "good"),
  ];
  const chips = causes.map(
    ({ id, title }) =>
      html`<button type="button" class="chip trouble-chip" data-trouble="${id}" data-on="false" title="Take it away">${title} ✕</button>`,
  );
  return [
    { key: "figures", html: html`<dl class="figures">${figures}</dl>`.markup },
    { key: "causes", html: html`<div class="causes">${chips}</div>`.markup },
  ];
}

/** A channel that never had the bot, or was always archived, is no trouble that somebody caused. */
function isNews({ group }: PageState["troubles"][number], viewer: Viewer, { slack }: PageState): boolean {
  return group !== "This channel" || slack.channel(viewer.channel).roots().length > 0;
}

function figure(name: string, value: string | number, tone: "" | "good" | "warn" | "bad" = ""): Html {
  return html`<div class="figure ${tone}"><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** The numbers in full: by watch, by channel, and what the service says of itself. */
export function drawNumbers(state: PageState, numbers: Numbers): readonly Piece[] {
  return [
    { key: "watches", html: watchTable(state, numbers).markup },
    { key: "paces", html: paceTable(state, numbers).markup },
    { key: "service", html: serviceList(state, numbers).markup },
  ];
}

function watchTable({ slack }: PageState, { watches }: Numbers): Html {
  if (watches.length === 0) return html`<p class="aside">No run has matched anything yet.</p>`;
  const row = (watch: Numbers["watches"][number]) => html`<tr>
    <th scope="row"><code>${watch.runId}</code> <small>${slack.nameOf(watch.channel) ?? ""}</small></th>
    <td>${watch.matched}</td><td>${watch.posted}</td><td>${watch.onTheWay}</td>
    <td class="${watch.lost > 0 ? "bad" : "good"}">${watch.lost}</td><td class="${watch.doubled > 0 ? "bad" : "good"}">${watch.doubled}</td></tr>`;
  return html`<table><caption>Matched by the run, and in the thread</caption>
    <thead><tr><th scope="col">Run</th><th scope="col">matched</th><th scope="col">posted</th><th scope="col">coming</th><th scope="col">lost</th><th scope="col">doubled</th></tr></thead>
    <tbody>${[...watches].reverse().map(row)}</tbody></table>`;
}

function paceTable({ slack }: PageState, { paces }: Numbers): Html {
  if (paces.length === 0) return html``;
  const row = (
    pace: Numbers["paces"][number],
  ) => html`<tr><th scope="row">${slack.nameOf(pace.channel) ?? pace.channel}</th>
    <td>${pace.perSecond.toFixed(1)}</td><td>${pace.peak}</td><td>${pace.posts}</td></tr>`;
  return html`<table><caption>Posts by channel</caption>
    <thead><tr><th scope="col">Channel</th><th scope="col">a second</th><th scope="col">peak</th><th scope="col">all</th></tr></thead>
    <tbody>${paces.map(row)}</tbody></table>`;
}

function serviceList({ service, machines }: PageState, numbers: Numbers): Html {
  const resolved = Object.entries(service?.ambiguous ?? {}).map(([how, count]) => `${count} ${how}`);
  const port = machines.servicePort();
  const rows: readonly (readonly [string, string | number])[] = [
    ["Service", port === null ? "not running" : service ? `answers on port ${port}` : "does not answer"],
    ["Waiting in lanes", service?.laneDepth ?? "–"],
    ["429s from Slack", numbers.rateLimited],
    ["Posts too fast for Slack", numbers.tooFast],
    ["Ambiguous sends", numbers.ambiguous + (resolved.length > 0 ? ` (${resolved.join(", ")})` : "")],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
