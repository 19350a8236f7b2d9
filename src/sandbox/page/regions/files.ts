import { type Html, html } from "../render/html.ts";
import type { PageState, Piece } from "../state.ts";
import type { Viewer } from "../viewer.ts";
import { timeOf } from "./clock.ts";
import { emptyFiles } from "./empty.ts";
import { icon } from "./icons.ts";

/** The files of a channel, newest first. */
export function drawFiles({ slack }: PageState, viewer: Viewer): readonly Piece[] {
  const files = slack.files().filter((file) => file.channel === viewer.channel);
  if (files.length === 0) return [{ key: "files-empty", html: emptyFiles().markup }];
  return [...files].reverse().map((file) => {
    const { id, name, title, content, messageTs, threadTs } = file;
    const place = messageTs
      ? html`<p class="aside">Shared at ${timeOf(messageTs)} <button type="button" class="link" data-open-thread="${threadTs ?? messageTs}">Show it</button></p>`
      : null;
    const size = content.length;
    return {
      key: `file-${id}`,
      html: html`<div class="file-row">${fileCard({ id, name, title, size })}${place}</div>`.markup,
    };
  });
}

/** A file that can be opened in a tab of its own, or saved. */
export function fileCard(file: { id: string; name: string; title: string; size: number }): Html {
  const { id, name, title, size } = file;
  const url = `/files/${id}`;
  return html`<div class="file">${icon("file")}<a class="file-name" href="${url}" target="_blank" rel="noopener" data-file="${name}"><b>${title}</b><small>${name} · ${sizeWords(size)}</small></a>
    <a class="button small" href="${url}?download" download="${name}" aria-label="Download ${name}">Download</a></div>`;
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
