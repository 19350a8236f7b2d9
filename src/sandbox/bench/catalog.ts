import type { Benchmark } from "./benchmark.ts";
import { ack, card } from "./rows/answers.ts";
import { bytes } from "./rows/bytes.ts";
import { click } from "./rows/click.ts";
import { drain } from "./rows/drain.ts";
import { firstMessage } from "./rows/first-message.ts";
import { isolation } from "./rows/isolation.ts";
import { memory, runs } from "./rows/load.ts";
import { lostAnswers } from "./rows/lost-answers.ts";
import { reply } from "./rows/reply.ts";
import { kills, restart } from "./rows/return.ts";

/** Every promise that has a number, in the order in which they are measured. */
export const BENCHMARKS: readonly Benchmark[] = [
  ack,
  card,
  reply,
  click,
  drain,
  isolation,
  bytes,
  runs,
  memory,
  restart,
  kills,
  lostAnswers,
  firstMessage,
];
