import { describe, expect, it } from "vitest";
import { isStoreUnavailable } from "../../src/store/store.ts";

const answered = (message: string) => Object.assign(new Error(message), { name: "ReplyError" });
/** As Redis 6 words what a script was refused; Redis 7 begins with the code itself. */
const inScript = (code: string) =>
  answered(`ERR Error running script (call to f_1a): @user_script:9: @user_script: 9: -${code} no writes here.`);

describe("an error that Redis answers", () => {
  it.each(["READONLY", "OOM", "MISCONF"])("%s means that it cannot be used now, also as Redis 6 says it", (code) => {
    expect(isStoreUnavailable(answered(`${code} no writes here. script: 1a, on @user_script:9.`))).toBe(true);
    expect(isStoreUnavailable(inScript(code))).toBe(true);
  });

  it.each([
    "WRONGTYPE Operation against a key holding the wrong kind of value",
    "ERR Error running script (call to f_1a): @user_script:9: user_script:9: attempt to index a nil value",
    "ERR value is not READONLY",
  ])("%s is a mistake of ours", (message) => {
    expect(isStoreUnavailable(answered(message))).toBe(false);
  });
});
