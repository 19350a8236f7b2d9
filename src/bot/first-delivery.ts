import type { BotActions } from "./deps.ts";

/** Longest wait for the question whether a delivery is new; unanswered, it counts as new, since all steps are idempotent. */
const FIRST_DELIVERY_MS = 1_000;

/** Whether a delivery with this key is the first of its kind; without a key, and while nobody can say, it is. */
export async function isFirstDelivery(key: string, actions: BotActions): Promise<boolean> {
  if (!key) return true;
  let timer: NodeJS.Timeout | undefined;
  const unknown = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), FIRST_DELIVERY_MS);
  });
  const asked = Promise.resolve()
    .then(() => actions.firstDelivery(key))
    .catch(() => true);
  return Promise.race([asked, unknown]).finally(() => clearTimeout(timer));
}
