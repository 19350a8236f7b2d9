import type { Changes } from "./changes.ts";

export interface WaitOptions {
  /** Default 40 seconds. */
  readonly timeoutMs?: number;
  /** What is waited for, for the message when it does not come. */
  readonly describe?: string;
}

const HEARTBEAT_MS = 250;

/**
 * Resolves with the first truthy value of `predicate`, which is asked at once and again after every change of the
 * workspace, and now and then besides, for conditions that look beyond the workspace. A predicate that throws has not
 * come true yet. Fails with a dump of the workspace.
 */
export function waitFor<Value>(
  changes: Changes,
  predicate: () => Value,
  dump: () => string,
  options: WaitOptions = {},
): Promise<NonNullable<Value>> {
  const { timeoutMs = 40_000, describe = predicate.toString() } = options;
  return new Promise((resolve, reject) => {
    let scheduled = false;
    let lastError: unknown = null;

    const finish = (act: () => void) => {
      clearTimeout(timer);
      clearInterval(heartbeat);
      stopListening();
      act();
    };
    const look = () => {
      scheduled = false;
      try {
        const value = predicate();
        lastError = null;
        if (value) finish(() => resolve(value));
      } catch (error) {
        lastError = error;
      }
    };
    // One look for a burst of changes: a thousand posts must not cost a thousand scans each.
    const stopListening = changes.on("change", () => {
      if (scheduled) return;
      scheduled = true;
      setImmediate(look);
    });
    const heartbeat = setInterval(look, HEARTBEAT_MS);
    const timer = setTimeout(() => {
      const thrown = lastError ? `\nThe condition threw: ${String(lastError)}` : "";
      finish(() => reject(new Error(`Waited ${timeoutMs} ms in vain for: ${describe}${thrown}\n\n${dump()}`)));
    }, timeoutMs);
    look();
  });
}
