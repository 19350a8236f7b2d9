import { failing, firstMatching, GREENHOUSE_RUN, headquarters, idOfMatching, matching } from "./companies.ts";
import { hostileCandidates } from "./hostile.ts";
import { manyCompanies } from "./many.ts";
import { expectationOf, type Story, type StoryStep } from "./story.ts";

const LIMIT_MET = { do: "end", status: "completed", reason: "match_limit_met" } as const;

function storyOf(story: Omit<Story, "expectation">): Story {
  return { ...story, expectation: expectationOf(story.steps) };
}

/** A short run with so many matches that ends as told. */
function endingStory(id: string, title: string, matches: number, status: string, reason: string | null): Story {
  const matched = firstMatching(matches).map(
    (candidate, index): StoryStep => ({ at: 2 + index * 2, do: "match", candidates: [candidate] }),
  );
  return storyOf({
    id,
    title,
    summary: `${matches} matches, then ${status}${reason === null ? " without a reason" : ` (${reason})`}.`,
    run: { ...GREENHOUSE_RUN, matchLimit: 50 },
    steps: [
      { at: 0, do: "unmatch", candidates: [failing(0)] },
      ...matched,
      { at: 4 + matches * 2, do: "end", status, reason },
    ],
  });
}

function demo(): Story {
  return storyOf({
    id: "run_demo",
    title: "A steady run",
    summary: "Eight matches in 40 seconds, one enrichment late, then the match limit.",
    run: { ...GREENHOUSE_RUN, status: "queued" },
    steps: [
      { at: 1, do: "start" },
      { at: 2, do: "generate", candidates: [matching(0), matching(1), failing(0), failing(1)] },
      { at: 4, do: "match", candidates: [matching(0)] },
      { at: 6, do: "unmatch", candidates: [failing(0)] },
      { at: 9, do: "match", candidates: [matching(1)] },
      { at: 11, do: "generate", candidates: [matching(2), matching(3), failing(2)] },
      { at: 14, do: "match", candidates: [matching(2), matching(3)] },
      { at: 16, do: "unmatch", candidates: [failing(1), failing(2)] },
      { at: 20, do: "match", candidates: [matching(4)] },
      { at: 24, do: "match", candidates: [matching(5)] },
      { at: 27, do: "unmatch", candidates: [failing(3)] },
      { at: 30, do: "match", candidates: [matching(6)] },
      { at: 33, do: "enrich", id: idOfMatching(0), values: headquarters("Halmstad, Sweden", "halmstrand") },
      { at: 36, do: "match", candidates: [matching(7)] },
      { at: 39, ...LIMIT_MET },
    ],
  });
}

function burst(): Story {
  return storyOf({
    id: "run_burst",
    title: "A thousand at once",
    summary: "1,000 matches in one snapshot, then the match limit.",
    run: { ...GREENHOUSE_RUN, matchLimit: 1000, generator: "pro" },
    steps: [
      { at: 3, do: "match", candidates: manyCompanies(1000) },
      { at: 10, ...LIMIT_MET },
    ],
  });
}

function old(): Story {
  return storyOf({
    id: "run_old",
    title: "Over before you asked",
    summary: "Ended three days ago with 120 matches: nothing is news, everything must arrive.",
    run: { ...GREENHOUSE_RUN, matchLimit: 120 },
    startedAgo: 3 * 24 * 3600,
    steps: [
      { at: 0, do: "unmatch", candidates: [failing(0), failing(1), failing(2)] },
      { at: 0, do: "match", candidates: manyCompanies(120) },
      { at: 0, ...LIMIT_MET },
    ],
  });
}

function zero(): Story {
  const none = manyCompanies(24).map((candidate) => ({ ...candidate, conditions: {} }));
  return storyOf({
    id: "run_zero",
    title: "Nothing found",
    summary: "24 candidates, none matches: ends with low_match_rate.",
    run: { ...GREENHOUSE_RUN, generator: "base" },
    steps: [
      { at: 2, do: "unmatch", candidates: none.slice(0, 10) },
      { at: 6, do: "unmatch", candidates: none.slice(10) },
      { at: 10, do: "end", status: "completed", reason: "low_match_rate" },
    ],
  });
}

function enrichAfterEnd(): Story {
  return storyOf({
    id: "run_enrich_after_end",
    title: "Enrichment after the end",
    summary: "Three matches and the end; their headquarters arrive later.",
    run: { ...GREENHOUSE_RUN, matchLimit: 3 },
    steps: [
      { at: 2, do: "match", candidates: firstMatching(3) },
      { at: 6, ...LIMIT_MET },
      { at: 14, do: "enrich", id: idOfMatching(0), values: headquarters("Halmstad, Sweden", "halmstrand") },
      { at: 16, do: "enrich", id: idOfMatching(1), values: headquarters("Aalsmeer, Netherlands", "orchideon") },
      { at: 18, do: "enrich", id: idOfMatching(2), values: headquarters("Turin, Italy", "verdelume") },
    ],
  });
}

function extended(): Story {
  return storyOf({
    id: "run_extend",
    title: "Ended, then extended",
    summary: "Five matches meet the limit; extended by five, it goes on and ends again.",
    run: { ...GREENHOUSE_RUN, matchLimit: 5 },
    steps: [
      { at: 2, do: "match", candidates: firstMatching(5) },
      { at: 6, ...LIMIT_MET },
      { at: 20, do: "extend", additional: 5 },
      { at: 24, do: "match", candidates: [matching(5), matching(6)] },
      { at: 28, do: "match", candidates: [matching(7), matching(8), matching(9)] },
      { at: 32, ...LIMIT_MET },
    ],
  });
}

function hostile(): Story {
  const candidates = hostileCandidates();
  return storyOf({
    id: "run_hostile",
    title: "Hostile texts",
    summary: "Candidates that try to ping, to link elsewhere, to fake buttons and to break every limit.",
    run: {
      ...GREENHOUSE_RUN,
      objective: "Find all <!channel> companies & <http://evil.example|approve> them `now` @here",
      matchLimit: candidates.length,
    },
    steps: [
      { at: 2, do: "match", candidates: candidates.slice(0, 6) },
      { at: 6, do: "match", candidates: candidates.slice(6) },
      { at: 10, ...LIMIT_MET },
    ],
  });
}

function withdrawn(): Story {
  return storyOf({
    id: "run_withdrawn",
    title: "A match taken back",
    summary: "Five matches; the second one is withdrawn before the end.",
    run: { ...GREENHOUSE_RUN, matchLimit: 5 },
    steps: [
      { at: 2, do: "match", candidates: firstMatching(5) },
      { at: 10, do: "withdraw", id: idOfMatching(1) },
      { at: 14, do: "end", status: "completed", reason: "candidates_exhausted" },
    ],
  });
}

function foreign(): Story {
  return {
    id: "run_foreign",
    title: "Somebody else's run",
    summary: "A run of another account: Parallel answers 404.",
    run: { ...GREENHOUSE_RUN, foreign: true },
    steps: [],
    expectation: { isFound: false, status: null, reason: null, matched: 0, posted: 0, ends: 0 },
  };
}

/** All stories, the first one to show first. */
export const STORIES: readonly Story[] = [
  demo(),
  burst(),
  old(),
  zero(),
  endingStory("run_exhausted", "Nothing left to look at", 4, "completed", "candidates_exhausted"),
  endingStory("run_no_funds", "Out of funds", 3, "completed", "insufficient_funds"),
  endingStory("run_timeout", "Out of time", 2, "failed", "timeout"),
  endingStory("run_error", "Failed", 1, "failed", "error_occurred"),
  endingStory("run_cancelled", "Cancelled by somebody", 2, "cancelled", "user_cancelled"),
  endingStory("run_action_required", "Waiting for somebody", 2, "action_required", null),
  endingStory("run_unknown_reason", "A reason that does not exist yet", 2, "completed", "quota_reallocated"),
  enrichAfterEnd(),
  extended(),
  hostile(),
  withdrawn(),
  foreign(),
];
