import { type Html, html } from "../render/html.ts";

const PATHS = {
  hash: "M6 2 4.5 14M11.5 2 10 14M2.5 5.5h12M1.5 10.5h12",
  lock: "M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v7h-9z",
  archive: "M2 3h12v3H2zM3 6v8h10V6M6.5 9h3",
  reply: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  smile: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM5.5 9.5a3 3 0 0 0 5 0M6 6v.5M10 6v.5",
  close: "m3.5 3.5 9 9m0-9-9 9",
  back: "M10 3 5 8l5 5",
  send: "M2 2.5 14.5 8 2 13.5 4 8zM4 8h5",
  sliders: "M2 4.5h7m3 0h2M2 11.5h2m3 0h7M9 3v3M4.5 10v3",
  moon: "M13.5 10A6 6 0 0 1 6 2.5a6 6 0 1 0 7.5 7.5Z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Zm6.5 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  file: "M4 1.5h5L12.5 5v9.5h-8.5zM9 1.5V5h3.5",
  up: "m3.5 10 4.5-4.5L12.5 10",
  bolt: "M9 1.5 3 9h4l-1 5.5L13 7H8.5z",
  play: "M4.5 2.5v11l9-5.5z",
} as const;

/** A small drawing in the colour of its text; words beside it say what it means. */
export function icon(name: keyof typeof PATHS): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;
}
