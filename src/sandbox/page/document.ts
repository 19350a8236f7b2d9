import { icon } from "./regions/icons.ts";
import { type Html, html } from "./render/html.ts";
import type { RegionName, Regions } from "./state.ts";
import { queryOf, type Viewer } from "./viewer.ts";

/** The whole document, already filled, so that the first sight needs no script. */
export function drawDocument(viewer: Viewer, regions: Regions, theme: string | undefined): string {
  const region = (name: RegionName, attributes: Html = html``) =>
    html`<div data-region="${name}"${attributes}>${regions[name].map(
      (piece) => html`<div data-key="${piece.key}">${{ markup: piece.html }}</div>`,
    )}</div>`;
  const polite = html` aria-live="off" tabindex="0"`;
  const body = html`<body data-viewer="${queryOf(viewer)}" data-pane="${viewer.pane}" data-thread="${viewer.thread ? "open" : "closed"}" data-room="${viewer.pane === "room" ? "open" : "closed"}">
    <a class="skip" href="#composer">Skip to the message field</a>
    <div class="app">
      <aside class="sidebar" aria-label="Workspace">
        <header class="workspace"><b>Acme Research</b><span>sandbox</span></header>
        ${region("people")}
        <nav aria-label="Channels">${region("channels")}</nav>
        <footer class="sidebar-foot">
          <button type="button" class="quiet" data-theme-toggle>${icon("moon")}<span>Light or dark</span></button>
          <button type="button" class="quiet narrow-only" data-room="open">${icon("sliders")}<span>Control room</span></button>
        </footer>
      </aside>
      <main class="talk" aria-label="Conversation">
        <header class="talk-head">
          <button type="button" class="icon-button narrow-only" data-pane="channels" aria-label="Channels">${icon("back")}</button>
          ${region("heading")}
        </header>
        <div class="scroll" data-scroll="messages" data-follow>${region("messages", polite)}</div>
        <button type="button" class="jump" data-jump="messages" hidden>New messages ↓</button>
        ${region("composer")}
      </main>
      <aside class="thread" aria-label="Thread">
        <header class="talk-head">
          <button type="button" class="icon-button narrow-only" data-close-thread aria-label="Back to the channel">${icon("back")}</button>
          ${region("thread-heading")}
          <button type="button" class="icon-button wide-only" data-close-thread aria-label="Close the thread">${icon("close")}</button>
        </header>
        <div class="scroll" data-scroll="thread" data-follow>${region("thread", polite)}</div>
        <button type="button" class="jump" data-jump="thread" hidden>New replies ↓</button>
        ${region("thread-composer")}
      </aside>
      <section class="room" id="room" aria-label="Control room">
        <div class="room-bar">
          <button type="button" class="room-toggle" data-room="toggle" aria-expanded="false" aria-controls="room-body">${icon("sliders")}<span>Control room</span>${icon("up")}</button>
          ${region("status")}
        </div>
        <div class="room-body" id="room-body">
          <section aria-labelledby="room-stories"><h3 id="room-stories">Stories</h3>${region("stories")}</section>
          <section aria-labelledby="room-troubles"><h3 id="room-troubles">Trouble</h3>${region("troubles")}</section>
          <section aria-labelledby="room-numbers"><h3 id="room-numbers">Numbers</h3>${region("numbers")}</section>
        </div>
      </section>
    </div>
    ${region("modals")}
    <div class="toasts" role="status" aria-live="polite" id="toasts"></div>
    <div class="sr-only" role="log" aria-live="polite" id="spoken"></div>
    <div class="offline" id="offline" role="alert" hidden>The sandbox does not answer. Start it again with <code>npm run sandbox</code>.</div>
    <noscript><p class="offline">This page needs its script to be more than a picture.</p></noscript>
  </body>`;
  return `<!doctype html>${
    html`<html lang="en"${theme ? html` data-theme="${theme}"` : ""}><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>FindAll sandbox</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/client/main.js"></script></head>${body}</html>`.markup
  }`;
}
