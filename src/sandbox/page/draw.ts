import { countNumbers } from "./numbers.ts";
import { drawComposer, drawThreadComposer } from "./regions/composer.ts";
import { drawChannel, drawThread, drawThreadHeading } from "./regions/conversation.ts";
import { drawNumbers, drawStatus } from "./regions/figures.ts";
import { drawFiles } from "./regions/files.ts";
import { drawHeading } from "./regions/heading.ts";
import { drawStories, drawTroubles } from "./regions/room.ts";
import { drawChannels, drawPeople, noteSeen } from "./regions/sidebar.ts";
import { drawHome, drawModals } from "./regions/views.ts";
import type { PageState, Piece, Regions } from "./state.ts";
import type { Viewer } from "./viewer.ts";

/** The whole page as one person sees it now. */
export function drawPage(state: PageState, viewer: Viewer, now: number): Regions {
  noteSeen(state, viewer);
  const numbers = countNumbers(state.slack, state.stage, now);
  return {
    people: drawPeople(state, viewer),
    channels: drawChannels(state, viewer),
    heading: drawHeading(state, viewer),
    messages: drawTab(state, viewer),
    composer: drawComposer(state, viewer),
    "thread-heading": drawThreadHeading(state, viewer),
    thread: drawThread(state, viewer),
    "thread-composer": drawThreadComposer(state, viewer),
    modals: drawModals(state, viewer),
    status: drawStatus(state, numbers, viewer),
    stories: drawStories(state, viewer),
    troubles: drawTroubles(state, viewer),
    numbers: drawNumbers(state, numbers),
  };
}

function drawTab(state: PageState, viewer: Viewer): readonly Piece[] {
  if (viewer.tab === "home") return drawHome(state, viewer);
  return viewer.tab === "files" ? drawFiles(state, viewer) : drawChannel(state, viewer);
}
