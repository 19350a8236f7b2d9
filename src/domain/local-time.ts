const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;

/** A moment on the clocks of a time zone. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** Whether this machine knows the IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== "" && formatOf(name) !== null;
  } catch {
    return false;
  }
}

/** What the clocks of a time zone show at a time (ms since the epoch). */
export function localTime(time: number, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(time)
      .map((part) => [part.type, part.value]),
  );
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  return {
    date,
    weekday: new Date(`${date}T00:00:00Z`).getUTCDay(),
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** `HH:MM` in minutes since midnight; null for anything else. */
export function minutesOf(clock: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/**
 * The next time (ms) at which the clocks of a time zone show `minutes` since midnight; `after` itself counts. Where the
 * clocks are set forward over that minute, it comes as much later as they were set.
 */
export function nextAt(minutes: number, timeZone: string, after: number): number {
  const start = Math.ceil(after / MINUTE) * MINUTE;
  const ahead = (time: number) => (minutes - localTime(time, timeZone).minutes + DAY_MINUTES) % DAY_MINUTES;
  const guess = start + ahead(start) * MINUTE;
  const off = ahead(guess);
  if (off === 0) return guess;
  // The clocks are set between now and then: by what the guess is off, one way or the other.
  const corrected = guess + (off > DAY_MINUTES / 2 ? off - DAY_MINUTES : off) * MINUTE;
  return corrected >= start && ahead(corrected) === 0 ? corrected : guess;
}
