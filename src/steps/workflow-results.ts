/** A step of a workflow that asks for a watch. */
export interface Execution {
  /** As Slack named it. */
  readonly id: string;
  /** Empty: what the workflow gave holds no run's id. */
  readonly runId: string;
  readonly channel: string;
  /** User id; empty when the workflow names nobody. */
  readonly requester: string;
}
