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
  /** How many of its steps have been made. */
  readonly stepsMade: number;
  /** Resolves after the last step, or when the play is stopped. */
  readonly over: Promise<void>;
  /** From now on so many times as fast; 0 holds the story where it is. */
  setSpeed(speed: number): void;
  stop(): void;
}

/** Stories that begin when somebody first asks for their run. */
export interface StoryStage {
  /** By run id, in the order they began. */
  readonly plays: ReadonlyMap<string, StoryPlay>;
  readonly speed: number;
  /** For the stories that are playing and for those to come; 0 holds them. */
  setSpeed(speed: number): void;
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
  let speed = options.speed ?? 1;
  findall.onUnknownRun((runId) => {
    if (findStory(runId) === null) return null;
    const begun = playStory(findall, runId, { ...options, speed });
    plays.set(runId, begun);
    return begun.run;
  });
  return {
    plays,
    get speed() {
      return speed;
    },
    setSpeed: (wanted) => {
      speed = wanted;
      for (const begun of plays.values()) begun.setSpeed(wanted);
    },
    stop: () => {
      findall.onUnknownRun(() => null);
      for (const begun of plays.values()) begun.stop();
    },
  };
}

function play(story: Story, run: FakeRun, clock: StoryClock, firstSpeed: number): StoryPlay {
  let next = 0;
  let isOver = false;
  let speed = firstSpeed;
  // Where the story stood, in ms of its own time, when its speed was last set: late timers do not add up.
  let mark = { at: clock.now(), storyMs: 0 };
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
  const position = () => mark.storyMs + (clock.now() - mark.at) * speed;
  const advance = () => {
    for (let step = story.steps[next]; step !== undefined; step = story.steps[next]) {
      const ahead = step.at * 1000 - position();
      if (ahead > 0) {
        if (speed > 0) cancel = clock.after(ahead / speed, advance);
        return;
      }
      makeMove(run, step);
      next += 1;
    }
    stop();
  };
  const setSpeed = (wanted: number) => {
    if (isOver) return;
    cancel();
    mark = { at: clock.now(), storyMs: position() };
    speed = wanted;
    advance();
  };
  advance();
  return {
    story,
    run,
    get isOver() {
      return isOver;
    },
    get stepsMade() {
      return next;
    },
    over,
    setSpeed,
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
