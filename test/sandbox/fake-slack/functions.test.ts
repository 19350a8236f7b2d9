import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../src/sandbox/fake-slack/index.ts";

describe("a step that the app provides to workflows", () => {
  let slack: FakeSlack;
  let web: WebClient;
  beforeEach(async () => {
    slack = await startFakeSlack({ eventRetryDelaysMs: [], ackTimeoutMs: 50 });
    web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  });
  afterEach(() => slack.close());

  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "ok",
      (error) => error.data?.error,
    );
  const outputs = { status: "completed", reason: "", matched: 3, card_link: "https://acme.slack.com/x" };

  it("takes one answer, and only with outputs as they are declared", async () => {
    const { id } = await slack.workflowStep({ inputs: { run_id: "run_1", channel: "C1" } });
    const success = (given: Record<string, unknown>) =>
      codeOf(web.functions.completeSuccess({ function_execution_id: id, outputs: given }));
    expect(await success({ ...outputs, matched: "3" })).toBe("parameter_validation_failed");
    expect(await success({ ...outputs, more: "x" })).toBe("parameter_validation_failed");
    expect(slack.execution(id)?.state).toBe("running");
    expect(await success(outputs)).toBe("ok");
    expect(slack.execution(id)).toMatchObject({ state: "completed", outputs, error: null });
    expect(await success(outputs)).toBe("execution_not_in_running_state");
    const failing = web.functions.completeError({ function_execution_id: id, error: "no" });
    expect(await codeOf(failing)).toBe("execution_not_in_running_state");
  });

  it("is not there when it was never asked for, and may fail in words", async () => {
    const failing = (id: string, error: string) =>
      codeOf(web.functions.completeError({ function_execution_id: id, error }));
    expect(await failing("Fx0NOWHERE", "no")).toBe("function_execution_not_found");
    const { id } = await slack.workflowStep({ inputs: {} });
    expect(await failing(id, "")).toBe("invalid_arguments");
    expect(await failing(id, "It went wrong.")).toBe("ok");
    expect(slack.execution(id)).toMatchObject({ state: "failed", error: "It went wrong." });
  });
});
