import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Everything `/metrics` shows; one registry a service, so that several can live in one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    watches: new Gauge({ name: "findall_watches", help: "Watches by state", labelNames: ["state"], registers }),
    watchesRefused: new Gauge({
      name: "findall_watches_refused",
      help: "Watches that Slack refuses, by its error code",
      labelNames: ["reason"],
      registers,
    }),
    workspaceHeld: new Gauge({
      name: "findall_workspace_held",
      help: "1 while Slack refuses the app in the whole workspace, by its error code",
      labelNames: ["reason"],
      registers,
    }),
    runsPolled: new Gauge({ name: "findall_runs_polled", help: "Runs with a poll ahead", registers }),
    polls: new Counter({ name: "findall_polls_total", help: "Polls by outcome", labelNames: ["outcome"], registers }),
    pollLag: new Histogram({
      name: "findall_poll_lag_seconds",
      help: "How much later than due a poll began",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
      registers,
    }),
    readBytes: new Counter({
      name: "findall_read_bytes_total",
      help: "Bytes read from Parallel, decoded",
      labelNames: ["endpoint"],
      registers,
    }),
    matchToSlack: new Histogram({
      name: "findall_match_to_slack_seconds",
      help: "From the poll that saw a match to its message in Slack",
      buckets: [0.25, 0.5, 1, 2, 5, 15, 30, 60, 120, 600],
      registers,
    }),
    deliveries: new Counter({
      name: "findall_deliveries_total",
      help: "Messages handled, by kind and outcome",
      labelNames: ["kind", "outcome"],
      registers,
    }),
    ambiguous: new Counter({
      name: "findall_ambiguous_sends_total",
      help: "Posts whose answer was lost, and how they were resolved",
      labelNames: ["resolution"],
      registers,
    }),
    rateLimited: new Counter({
      name: "findall_slack_rate_limited_total",
      help: "Times Slack answered 429",
      labelNames: ["operation"],
      registers,
    }),
    invalidMessages: new Counter({
      name: "findall_invalid_messages_total",
      help: "Messages whose form Slack refused: a fault of this program, worth an alarm",
      registers,
    }),
    reviews: new Counter({
      name: "findall_reviews_total",
      help: "Decisions by people, and what became of them",
      labelNames: ["act", "outcome"],
      registers,
    }),
    clickToMessage: new Histogram({
      name: "findall_click_to_message_seconds",
      help: "From a person's decision to its message showing it, past the lane",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
    laneDepth: new Gauge({ name: "findall_lane_depth", help: "Messages that wait", registers }),
    laneAge: new Gauge({ name: "findall_lane_age_seconds", help: "How overdue the most overdue lane is", registers }),
    ack: new Histogram({
      name: "findall_ack_seconds",
      help: "From a person's action to its acknowledgement; Slack allows 3 s",
      labelNames: ["action"],
      buckets: [0.01, 0.05, 0.1, 0.3, 0.5, 1, 2, 3],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
