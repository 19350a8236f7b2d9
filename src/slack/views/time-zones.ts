import type { PlainTextOption } from "@slack/types";
import { plainText } from "./modal.ts";

/** Options of a menu, in groups as Slack allows them. */
export interface OptionGroup {
  readonly label: ReturnType<typeof plainText>;
  readonly options: PlainTextOption[];
}

/** Slack's limit for the options of one group. */
const GROUP = 100;
const HOUR_MS = 3_600_000;

/** Offsets change at whole hours, if at all, and asking for all of them takes tens of milliseconds. */
let latest: { readonly hour: number; readonly zones: readonly PlainTextOption[] } | null = null;

/**
 * Every time zone, by region, with its present offset. @param now ms @param chosen listed in any case, also by an old name
 */
export function timeZoneGroups(now: number, chosen: string): readonly OptionGroup[] {
  const zones = zonesAt(now);
  const groups: OptionGroup[] = [];
  const own = zones.some(({ value }) => value === chosen) ? [] : [timeZoneOption(chosen, now)];
  for (const option of [...own, ...zones]) {
    const region = own.includes(option) ? "Set now" : (option.value?.split("/")[0] ?? "");
    const last = groups.at(-1);
    const name = last?.label.text.replace(/ \(.*/, "");
    if (last && name === region && last.options.length < GROUP) last.options.push(option);
    else groups.push({ label: plainText(name === region ? `${region} (more)` : region, 75), options: [option] });
  }
  return groups;
}

/** One zone as it stands in the menu: "Europe/Berlin (UTC+1)". */
export function timeZoneOption(zone: string, now: number): PlainTextOption {
  return { text: plainText(`${zone.replaceAll("_", " ")} (${offsetOf(zone, now)})`, 75), value: zone };
}

function zonesAt(now: number): readonly PlainTextOption[] {
  const hour = Math.floor(now / HOUR_MS);
  if (latest?.hour !== hour) {
    const names = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC")];
    latest = { hour, zones: names.map((name) => timeZoneOption(name, now)) };
  }
  return latest.zones;
}

/** `UTC+5:30` */
function offsetOf(zone: string, now: number): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC");
}
