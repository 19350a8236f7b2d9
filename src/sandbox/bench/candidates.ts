import type { FakeCandidate, FakeCondition } from "../fake-findall/candidate.ts";
import { seeded } from "../seeded.ts";

const WORDS = (
  "the a of and in for its with from company product customers market growing leading platform founded team software " +
  "greenhouse robotics sensors revenue contract partner region harvest quality system energy supply chain report says " +
  "announced builds operates countries employees funding round series data public filing register evidence source"
).split(" ");

/** About this many bytes as JSON: Parallel's own candidates take 12 kB (findall-api, "Sizes"). */
export type CandidateSize = "small" | "full";

const SIZES: Readonly<Record<CandidateSize, { conditions: number; reasoning: number; citations: number }>> = {
  small: { conditions: 2, reasoning: 300, citations: 1 },
  full: { conditions: 4, reasoning: 900, citations: 3 },
};

/** An invented company, the same one for the same number: of about 1.7 kB or 12 kB. */
export function candidateOf(number: number, size: CandidateSize): FakeCandidate {
  const random = seeded(number + 1);
  const { conditions, reasoning, citations } = SIZES[size];
  const condition = (): FakeCondition => ({
    value: prose(random, 60),
    reasoning: prose(random, reasoning),
    confidence: random() < 0.3 ? "medium" : "high",
    citations: Array.from({ length: citations }, (_, index) => ({
      title: prose(random, 40),
      url: `https://www.source-${index}.example/${Math.floor(random() * 1e9).toString(36)}`,
      excerpts: [prose(random, 300), prose(random, 250)],
    })),
  });
  return {
    id: `candidate_bench-${number}`,
    name: `Company ${number}`,
    url: `https://www.company-${number}.example`,
    description: prose(random, 120),
    conditions: Object.fromEntries(
      Array.from({ length: conditions }, (_, at) => [`condition_${at}_check`, condition()]),
    ),
  };
}

/** What the run of such candidates looks for. */
export function conditionsOf(size: CandidateSize): { readonly name: string; readonly description: string }[] {
  return Array.from({ length: SIZES[size].conditions }, (_, at) => ({
    name: `condition_${at}_check`,
    description: `The company fulfils condition ${at}.`,
  }));
}

function prose(random: () => number, length: number): string {
  let text = "";
  while (text.length < length) text += `${text ? " " : ""}${WORDS[Math.floor(random() * WORDS.length)]}`;
  return text;
}
