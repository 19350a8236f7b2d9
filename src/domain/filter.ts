import type { Candidate } from "./candidate.ts";
import { CONFIDENCES, type Confidence, type Settings } from "./settings.ts";

export type Filter = Pick<Settings, "minConfidence" | "condition" | "excludedDomains">;

/** Whether anything can be held back at all. */
export function isFiltering(filter: Filter): boolean {
  return filter.minConfidence !== null || filter.condition !== null || filter.excludedDomains.length > 0;
}

/** Whether a candidate may be shown in a channel with this filter. */
export function passesFilter(candidate: Candidate, filter: Filter): boolean {
  return (
    reaches(candidate, filter.minConfidence) &&
    meets(candidate, filter.condition) &&
    !isExcluded(candidate.url, filter.excludedDomains)
  );
}

/** The weakest of its match conditions counts; a confidence that is missing or unknown reaches nothing. */
function reaches({ conditions }: Candidate, least: Confidence | null): boolean {
  if (least === null) return true;
  const grades = conditions.map(({ basis }) =>
    CONFIDENCES.indexOf((basis?.confidence ?? "").toLowerCase() as Confidence),
  );
  return grades.length > 0 && Math.min(...grades) >= CONFIDENCES.indexOf(least);
}

/** Without a text the condition must be met; where Parallel does not say, the candidate's match says it. */
function meets({ conditions, enrichments }: Candidate, wanted: Filter["condition"]): boolean {
  if (wanted === null) return true;
  const isNamed = ({ name }: { readonly name: string }) => isSameCondition(name, wanted.name);
  const condition = conditions.find(isNamed);
  if (wanted.contains === null) return condition !== undefined && condition.isMatched !== false;
  const value = (condition ?? enrichments.find(isNamed))?.value ?? "";
  return value.toLowerCase().includes(wanted.contains.toLowerCase());
}

/** As the API names a condition or as people read it: `founded_after_2020_check` is “founded after 2020”. */
export function isSameCondition(one: string, other: string): boolean {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/_check$/, "")
      .replace(/[\s_]+/g, " ")
      .trim();
  return plain(one) === plain(other);
}

function isExcluded(url: string, domains: readonly string[]): boolean {
  const host = hostOf(url);
  return host !== null && domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** The host of an address, which may lack its scheme; null when there is none. */
export function hostOf(url: string): string | null {
  const text = url.trim();
  try {
    const { hostname } = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    return (
      hostname
        .toLowerCase()
        .replace(/^www\./, "")
        .replace(/\.$/, "") || null
    );
  } catch {
    return null;
  }
}
