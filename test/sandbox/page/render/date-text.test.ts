import { describe, expect, it } from "vitest";
import { slackDateText } from "../../../../src/sandbox/page/render/date-text.ts";

const AT = Date.UTC(2026, 9, 3, 14, 5, 9) / 1000;
const DAY = 86_400;

const ROWS: readonly (readonly [string, string])[] = [
  ["{date_num}", "2026-10-03"],
  ["{date_slash}", "03/10/2026"],
  ["{date}", "October 3rd, 2026"],
  ["{date_short}", "Oct 3, 2026"],
  ["{date_long}", "Saturday, October 3rd, 2026"],
  ["{date_long_full}", "October 3, 2026"],
  ["{date_short_pretty} at {time}", "Oct 3, 2026 at 14:05"],
  ["posted {time_secs}", "posted 14:05:09"],
  ["{ago}", "Oct 3, 2026 at 14:05"],
  ["{weather} on {date_num}", "{weather} on 2026-10-03"],
];

describe("a date format", () => {
  it.each(ROWS)("%s is %s", (format, words) => {
    expect(slackDateText(AT, format, { timeZone: "UTC" })).toBe(words);
  });

  const seen = (secondsLater: number, format: string) =>
    slackDateText(AT, format, { timeZone: "UTC", now: (AT + secondsLater) * 1000 });

  it("says today, yesterday and tomorrow by the calendar, with a capital where it begins", () => {
    expect(seen(60, "{date_short_pretty} at {time}")).toBe("Today at 14:05");
    expect(seen(10 * 3600, "due {date_pretty}")).toBe("due yesterday");
    expect(seen(-DAY, "{date_long_pretty}")).toBe("Tomorrow");
    expect(seen(3 * DAY, "{date_short_pretty}")).toBe("Oct 3");
    expect(seen(400 * DAY, "{date_short_pretty}")).toBe("Oct 3, 2026");
    expect(seen(3 * DAY, "{day_divider_pretty}")).toBe("Saturday, October 3rd");
  });

  it("counts how long ago it was", () => {
    expect(seen(20, "{ago}")).toBe("Just now");
    expect(seen(60, "{ago}")).toBe("1 minute ago");
    expect(seen(3 * 3600, "seen {ago}")).toBe("seen 3 hours ago");
    expect(seen(-2 * DAY, "{ago}")).toBe("In 2 days");
  });

  it("follows the zone of the person", () => {
    expect(slackDateText(AT, "{date_num} {time}", { timeZone: "Asia/Tokyo" })).toBe("2026-10-03 23:05");
    expect(slackDateText(AT + 3600, "{date_num}", { timeZone: "Asia/Tokyo" })).toBe("2026-10-04");
  });

  it("is null for what is no moment", () => {
    expect(slackDateText(Number.NaN, "{date}", {})).toBeNull();
    expect(slackDateText(1e15, "{date}", {})).toBeNull();
  });
});
