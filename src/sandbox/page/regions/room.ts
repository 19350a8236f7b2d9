import { listStories } from "../../stories/player.ts";
import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import type { Trouble } from "../troubles.ts";
import type { Viewer } from "../viewer.ts";
import { icon } from "./icons.ts";

const SPEEDS = [0, 0.5, 1, 2, 4, 10, 40] as const;

/** The stories to start, the ones that play, and how fast. */
export function drawStories({ stage, slack }: PageState, viewer: Viewer): readonly Piece[] {
  const speeds = SPEEDS.map(
    (speed) =>
      html`<button type="button" class="chip" data-speed="${speed}" aria-pressed="${String(stage.speed === speed)}"${
        speed === 0 ? html` aria-label="Hold all stories"` : ""
      }>${speed === 0 ? "hold" : `${speed}×`}</button>`,
  );
  const stories = listStories().map(
    ({ id, title, summary }) => html`<li><button type="button" class="story" data-story="${id}">
      ${icon("play")}<span><b>${title}</b><small>${summary}</small></span></button></li>`,
  );
  const place = slack.nameOf(viewer.channel) ?? viewer.channel;
  return [
    {
      key: "speed",
      html: html`<div class="speed" role="group" aria-label="Speed of the stories">${speeds}</div>`.markup,
    },
    { key: "playing", html: playing({ stage }).markup },
    {
      key: "stories",
      html: html`<p class="aside">Started in <b>${place}</b> as <b>${slack.nameOf(viewer.user) ?? ""}</b>.</p>
        <ul class="stories">${stories}</ul>`.markup,
    },
  ];
}

function playing({ stage }: Pick<PageState, "stage">): Html {
  const plays = [...stage.plays].reverse().slice(0, 4);
  const line = ([id, play]: (typeof plays)[number]) => {
    const total = play.story.steps.length;
    const state = play.isOver ? "over" : `${play.stepsMade} of ${total}`;
    return html`<li><code>${id}</code><progress max="${Math.max(1, total)}" value="${play.isOver ? Math.max(1, total) : play.stepsMade}" aria-label="${id}"></progress><span>${state}</span></li>`;
  };
  return plays.length > 0 ? html`<ul class="plays">${plays.map(line)}</ul>` : html``;
}

const GROUPS: readonly Trouble["group"][] = ["Slack", "This channel", "Parallel", "Machines"];

/** What can be made to go wrong, and what does. */
export function drawTroubles({ troubles }: PageState, viewer: Viewer): readonly Piece[] {
  const group = (name: Trouble["group"]) => ({
    key: `troubles-${name}`,
    html: html`<h4>${name}</h4><div class="troubles" role="group" aria-label="${name}">${troubles
      .filter((trouble) => trouble.group === name)
      .map((trouble) => drawTrouble(trouble, viewer))}</div>`.markup,
  });
  const all = html`<button type="button" class="button small" data-trouble="all" data-on="false"${
    troubles.some((trouble) => trouble.isOn(viewer)) ? "" : html` disabled`
  }>Take all away</button>`;
  return [{ key: "troubles-all", html: all.markup }, ...GROUPS.map(group)];
}

function drawTrouble(trouble: Trouble, viewer: Viewer): Html {
  const isOn = trouble.isOn(viewer);
  const obstacle = trouble.obstacle(viewer);
  const hits = isOn ? trouble.hits() : 0;
  const pressed = trouble.kind === "switch" ? html` role="switch" aria-checked="${String(isOn)}"` : "";
  return html`<button type="button" class="trouble" data-trouble="${trouble.id}" data-on="${String(!isOn)}"${pressed}${
    obstacle && !isOn ? html` disabled` : ""
  } title="${obstacle ?? trouble.detail}"><span class="knob" aria-hidden="true"></span><span><b>${trouble.title}</b><small>${
    obstacle ?? (hits > 0 ? `${hits} ${hits === 1 ? "call" : "calls"} spoiled` : trouble.detail)
  }</small></span></button>`;
}
