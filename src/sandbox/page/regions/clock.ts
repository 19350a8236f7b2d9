const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** "12:04" of a message's ts. */
export function timeOf(ts: string): string {
  return TIME.format(dateOf(ts));
}

/** "Monday 23 November" of a message's ts. */
export function dayOf(ts: string): string {
  return DAY.format(dateOf(ts));
}

export function isoOf(ts: string): string {
  return dateOf(ts).toISOString();
}

function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
