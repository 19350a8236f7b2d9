import type { FakeRun } from "../fake-findall/run.ts";
import type { FakeFindAll } from "../fake-findall/server.ts";
import { STORIES } from "./stories.ts";
import type { Story, StoryMove } from "./story.ts";

/** Time as the player sees it; a test brings its own. */
export interface StoryClock {
  /** ms since the epoch */
  now(): number;
  /** Calls `then` once after so many ms; the returned function calls it off. */
  after(ms: number, then: () => void): () => void;
}

export interface PlayOptions {
  /** 2 plays twice as fast; 1 unless told. */
  readonly speed?: number;
  readonly clock?: StoryClock;
}

/** A story being played. */
export interface StoryPlay {
  readonly story: Story;
  readonly run: FakeRun;
  readonly isOver: boolean;
  /** Resolves after the last step, or when the play is stopped. */
  readonly over: Promise<void>;
  stop(): void;
}

/** Stories that begin when somebody first asks for their run. */
export interface StoryStage {
  /** By run id, in the order they began. */
  readonly plays: ReadonlyMap<string, StoryPlay>;
  stop(): void;
}

const SYSTEM_CLOCK: StoryClock = {
  now: Date.now,
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** What can be played, for a menu. */
export function listStories(): readonly Pick<Story, "id" | "title" | "summary" | "expectation">[] {
  return STORIES;
}

/** The story behind a run id: `run_demo`, or `run_demo-2` for another telling of it. */
export function findStory(runId: string): Story | null {
  return STORIES.find(({ id }) => runId === id || runId.startsWith(`${id}-`)) ?? null;
}

/**
 * Adds the run to the fake and plays its script.
 * @param runId a story's id, or that id with a suffix as in `run_demo-2`
 * @throws Error when there is no such story, or the run is there already
 */
export function playStory(findall: FakeFindAll, runId: string, options: PlayOptions = {}): StoryPlay {
  const story = findStory(runId);
  if (story === null) throw new Error(`no story for ${runId}`);
  const clock = options.clock ?? SYSTEM_CLOCK;
  const ago = (story.startedAgo ?? 0) * 1000;
  const run = findall.addRun({ ...story.run, id: runId, now: () => clock.now() - ago });
  return play(story, run, clock, options.speed ?? 1);
}

/** From now on the fake plays a story when its run is first asked for. */
export function playStoriesOnDemand(findall: FakeFindAll, options: PlayOptions = {}): StoryStage {
  const plays = new Map<string, StoryPlay>();
  findall.onUnknownRun((runId) => {
    if (findStory(runId) === null) return null;
    const begun = playStory(findall, runId, options);
    plays.set(runId, begun);
    return begun.run;
  });
  return {
    plays,
    stop: () => {
      findall.onUnknownRun(() => null);
      for (const begun of plays.values()) begun.stop();
    },
  };
}

function play(story: Story, run: FakeRun, clock: StoryClock, speed: number): StoryPlay {
  const begun = clock.now();
  let next = 0;
  let isOver = false;
  let cancel = () => {};
  let finish = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stop = () => {
    isOver = true;
    cancel();
    finish();
  };
  const advance = () => {
    for (let step = story.steps[next]; step !== undefined; step = story.steps[next]) {
      // Measured from the beginning, so that late timers do not add up.
      const wait = begun + (step.at * 1000) / speed - clock.now();
      if (wait > 0) {
        cancel = clock.after(wait, advance);
        return;
      }
      makeMove(run, step);
      next += 1;
    }
    stop();
  };
  advance();
  return {
    story,
    run,
    get isOver() {
      return isOver;
    },
    over,
    stop,
  };
}

const MOVES: { readonly [K in StoryMove["do"]]: (run: FakeRun, move: Extract<StoryMove, { do: K }>) => void } = {
  start: (run) => run.start(),
  generate: (run, { candidates }) => each(candidates, (candidate) => run.generate(candidate)),
  match: (run, { candidates }) => each(candidates, (candidate) => run.match(candidate)),
  unmatch: (run, { candidates }) => each(candidates, (candidate) => run.unmatch(candidate)),
  enrich: (run, { id, values }) => run.enrich(id, values),
  withdraw: (run, { id }) => run.withdraw(id),
  end: (run, end) => run.end(end),
  extend: (run, { additional }) => run.extend(additional),
};

function makeMove<K extends StoryMove["do"]>(run: FakeRun, move: Extract<StoryMove, { do: K }>): void {
  MOVES[move.do as K](run, move);
}

function each<T>(items: readonly T[], act: (item: T) => unknown): void {
  for (const item of items) act(item);
}
