/** Whose clock and calendar a date is told by. */
export interface Calendar {
  /** IANA name; without it the zone of the machine, which in a browser is the person's. */
  readonly timeZone?: string;
  /** Milliseconds; without it nothing is "today" or "3 minutes ago". */
  readonly now?: number;
}

/** A moment in the words of a Slack date format (`{date_short_pretty} at {time}`). Null when it is no moment. */
export function slackDateText(seconds: number, format: string, calendar: Calendar): string | null {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return format.replace(/\{([a-z_]+)\}/g, (token, name: string, index: number) => {
    const words = tokenText(name, date, calendar) ?? token;
    return index === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  });
}

/** Whether a format tells the time of day, which means nothing without a zone. */
export function tellsTime(format: string): boolean {
  return /\{(time|time_secs|ago)\}/.test(format);
}

function tokenText(name: string, date: Date, calendar: Calendar): string | null {
  if (name === "day_divider_pretty")
    return dayWord(date, calendar) ?? longDay(date, calendar, !isSameYear(date, calendar));
  if (name.endsWith("_pretty")) return dayWord(date, calendar) ?? tokenText(name.slice(0, -7), date, calendar);
  const { year, month, day } = numbers(date, calendar);
  switch (name) {
    case "date_num":
      return `${year}-${month}-${day}`;
    case "date_slash":
      return `${day}/${month}/${year}`;
    case "date":
      return `${words(date, calendar, { month: "long" })} ${ordinal(Number(day))}${yearIfFar(date, calendar)}`;
    case "date_short":
      return `${words(date, calendar, { month: "short" })} ${Number(day)}${yearIfFar(date, calendar)}`;
    case "date_long":
      return longDay(date, calendar, true);
    case "date_long_full":
      return `${words(date, calendar, { month: "long" })} ${Number(day)}, ${year}`;
    case "time":
      return words(date, calendar, { hour: "2-digit", minute: "2-digit" });
    case "time_secs":
      return words(date, calendar, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    case "ago":
      return ago(date, calendar);
    default:
      return null;
  }
}

// With the 24-hour clock, which a person can choose in Slack, as the times beside the names have it.
function words(date: Date, { timeZone }: Calendar, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...options }).format(date);
}

function numbers(date: Date, { timeZone }: Calendar): Readonly<Record<"year" | "month" | "day", string>> {
  const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(date);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return { year: part("year").padStart(4, "0"), month: part("month"), day: part("day") };
}

function longDay(date: Date, calendar: Calendar, withYear: boolean): string {
  const { year, day } = numbers(date, calendar);
  const weekday = words(date, calendar, { weekday: "long" });
  const month = words(date, calendar, { month: "long" });
  return `${weekday}, ${month} ${ordinal(Number(day))}${withYear ? `, ${year}` : ""}`;
}

function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${(!teen && { 1: "st", 2: "nd", 3: "rd" }[day % 10]) || "th"}`;
}

const DAY = 86_400_000;
const HALF_A_YEAR = 183 * DAY;

// Slack leaves the year out where nobody would mistake it.
function yearIfFar(date: Date, calendar: Calendar): string {
  const isNear = calendar.now !== undefined && Math.abs(date.getTime() - calendar.now) < HALF_A_YEAR;
  return isNear ? "" : `, ${numbers(date, calendar).year}`;
}

function isSameYear(date: Date, calendar: Calendar): boolean {
  if (calendar.now === undefined) return false;
  return numbers(date, calendar).year === numbers(new Date(calendar.now), calendar).year;
}

function dayWord(date: Date, calendar: Calendar): string | null {
  if (calendar.now === undefined) return null;
  const dayOf = (ms: number) => {
    const { year, month, day } = numbers(new Date(ms), calendar);
    return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY;
  };
  const away = dayOf(date.getTime()) - dayOf(calendar.now);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[away] ?? null;
}

const UNITS = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

function ago(date: Date, calendar: Calendar): string | null {
  if (calendar.now === undefined)
    return `${tokenText("date_short", date, calendar)} at ${tokenText("time", date, calendar)}`;
  const away = date.getTime() - calendar.now;
  const unit = UNITS.find(([, length]) => Math.abs(away) >= length);
  if (!unit) return "just now";
  const many = Math.floor(Math.abs(away) / unit[1]);
  const length = `${many} ${unit[0]}${many === 1 ? "" : "s"}`;
  return away < 0 ? `${length} ago` : `in ${length}`;
}
