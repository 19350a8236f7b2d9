import { isTimeZone, minutesOf } from "../../domain/local-time.ts";
import { ARRIVALS, CONFIDENCES, type ConditionFilter, type QuietHours, type Settings } from "../../domain/settings.ts";
import { count } from "../../slack/format.ts";
import { DOMAINS_LENGTH, domainsFit, leftOutOf } from "../../slack/views/domain-lines.ts";
import { ANY, CONTAINS_LENGTH, NAMED, SETTINGS_FIELDS } from "../../slack/views/settings.ts";
import type { FormValues } from "../form-values.ts";
import { parseDomain } from "../parse-domain.ts";

/** The settings that a form asks for, or what is wrong with it, by field. */
export type SettingsForm = { readonly settings: Settings } | { readonly errors: Readonly<Record<string, string>> };

type Errors = Record<string, string>;

const MOST_DOMAINS = 100;
const FIELDS = SETTINGS_FIELDS;

/** Reads what was filled in. Pure; nothing that our form would not send is taken. */
export function readSettingsForm(values: FormValues): SettingsForm {
  const errors: Errors = {};
  const switches = values.many(FIELDS.switches);
  const arrives = ARRIVALS.find((each) => each === values.one(FIELDS.arrives));
  if (arrives === undefined) errors[FIELDS.arrives] = "Please choose one.";
  const settings: Settings = {
    arrives: arrives ?? "each",
    minConfidence: CONFIDENCES.find((each) => each === values.one(FIELDS.confidence)) ?? null,
    condition: readCondition(values, errors),
    excludedDomains: readDomains(values.one(FIELDS.domains), errors),
    alertInChannel: switches.includes("alertInChannel"),
    mention: switches.includes("mention"),
    reminder: switches.includes("reminder"),
    fold: switches.includes("fold"),
    quiet: readQuiet(values, errors),
    timeZone: readTimeZone(values.one(FIELDS.timeZone), errors),
  };
  return Object.keys(errors).length > 0 ? { errors } : { settings };
}

function readCondition(values: FormValues, errors: Errors): ConditionFilter | null {
  const chosen = values.one(FIELDS.condition);
  const contains = values.one(FIELDS.contains).slice(0, CONTAINS_LENGTH);
  if (chosen.startsWith(NAMED))
    return { name: chosen.slice(NAMED.length), contains: contains === "" ? null : contains };
  if (contains !== "" && (chosen === ANY || chosen === ""))
    errors[FIELDS.contains] = "Please choose above in which condition this text must stand, or empty this field.";
  return null;
}

function readDomains(text: string, errors: Errors): readonly string[] {
  const leftOut = leftOutOf(text);
  if (leftOut !== null) {
    errors[FIELDS.domains] =
      `${leftOut} more of your domains did not fit into this field, so nothing was saved. Delete the line “… and ${leftOut} more” to give those up, or close the window to keep them all.`;
    return [];
  }
  const given = text.split(/[\s,;]+/).filter(Boolean);
  const domains = given.map(parseDomain);
  const bad = given.filter((_each, index) => domains[index] === null);
  if (bad.length > 0) {
    const named = bad.slice(0, 3).map((each) => `“${each.slice(0, 60)}”`);
    errors[FIELDS.domains] =
      `${named.join(", ")} ${bad.length === 1 ? "is no domain" : "are no domains"}. Please write names such as example.com, one a line.`;
  } else if (new Set(domains).size > MOST_DOMAINS) {
    errors[FIELDS.domains] = `At most ${MOST_DOMAINS} domains, please.`;
  }
  const kept = [...new Set(domains.filter((domain) => domain !== null))];
  if (!domainsFit(kept))
    errors[FIELDS.domains] ??=
      `These are more than the ${count(DOMAINS_LENGTH)} characters that Slack lets me show here again. Please leave out some; a domain covers all below it.`;
  return kept;
}

function readQuiet(values: FormValues, errors: Errors): QuietHours | null {
  const from = values.one(FIELDS.quietFrom);
  const to = values.one(FIELDS.quietTo);
  if (from === "" && to === "") return null;
  if (from === "" || to === "") {
    errors[from === "" ? FIELDS.quietFrom : FIELDS.quietTo] =
      "Quiet hours have a beginning and an end: please choose both, or empty both.";
    return null;
  }
  if (from === to)
    errors[FIELDS.quietTo] = "Please choose an end that is not the beginning. To hold back everything, pause the run.";
  if (minutesOf(from) === null || minutesOf(to) === null) errors[FIELDS.quietFrom] = "Please choose a time of day.";
  return { from, to };
}

function readTimeZone(zone: string, errors: Errors): string {
  if (isTimeZone(zone)) return zone;
  errors[FIELDS.timeZone] = "Please choose a time zone.";
  return "UTC";
}
