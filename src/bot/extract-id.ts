/**
 * Finds run ids in whatever a person pastes: an id in quotes, a link copied from Slack, an API address, a curl line.
 * Ids are opaque (`[A-Za-z0-9_-]{1,128}`), so a word is told from an id only by where it stands; that is decided by
 * the caller.
 */

const ID = /^[A-Za-z0-9_-]{1,128}$/;
/** Zero-width and direction characters, soft hyphen, byte order mark: invisible, and often copied along. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\ufe0f/g;
/** Everything that may surround a word without being a part of it; `@` and `#` tell a mention from an id. */
const EDGES = /^[^\p{L}\p{N}_@#-]+|[^\p{L}\p{N}_-]+$/gu;
const SLACK_LINK = /<([^<>|\s]+)(?:\|[^<>]*)?>/g;
const ADDRESS = /[^\s,;]*\/[^\s,;]*/g;
const QUERY_ID = /[?&](?:findall_id|run_id|run|id)=([^&#\s]+)/i;
/** A time, a number or a share as people type it: `2h`, `30`, `22-7`. */
const AMOUNT = /^\d[A-Za-z0-9_-]{0,9}$/;
const CERTAIN = /^(?:findall|run)_/i;
const FIELD_ID = /\b(?:findall_id|run_id)["']?\s*[:=]\s*["']?([A-Za-z0-9_-]+)/gi;

/** What an address (or the lack of one) told about the run. */
export interface FoundInAddresses {
  readonly ids: readonly string[];
  /** There was an address, but no id in it. */
  readonly addressWithoutId: boolean;
}

/** Whether the text can be a run id at all. */
export function isRunId(text: string): boolean {
  return ID.test(text);
}

/** Something no command and no everyday word looks like: a digit or an underscore in it, or longer than any id. */
export function looksLikeId(word: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(word) && (/[\d_]/.test(word) || word.length > 128);
}

/**
 * Which of the words are ids. Beside one that certainly is (`run_…`, or what stands first), a short word that begins with
 * a digit is an amount: nobody means two runs by "run_a 2h".
 */
export function idsAmong(words: readonly string[]): readonly string[] {
  const likely = words.filter(looksLikeId);
  const [first = ""] = words;
  const isAnchored = likely.some((word) => CERTAIN.test(word)) || (looksLikeId(first) && !AMOUNT.test(first));
  return isAnchored ? likely.filter((word) => !AMOUNT.test(word)) : likely;
}

/** The text with every kind of quotation marks as `"`; what is no mark, as in "founder's", stays. */
export function plainQuotes(text: string): string {
  return text
    .replace(/[“”„«»]/g, '"')
    .replace(/(?<![^\s:=~>,;])['‘‚‹`]([^\s"](?:[^"]*?[^\s"])?)['’‘›`](?=~|[\s,;.!?)]|$)/g, '"$1"');
}

/** The text without the quotation marks around whole words: `run_a "digest 30m"`. What is pasted as JSON stays. */
export function unquoted(text: string): string {
  const plain = plainQuotes(text);
  return /"\s*:/.test(plain) ? plain : plain.replace(/(?<![^\s,;(])"([^"]*)"(?=[\s,;.!?)]|$)/g, " $1 ");
}

/** The text as a person sees it: no invisible characters, plain spaces, Slack's entities and link brackets resolved. */
export function plainTextOf(raw: string): string {
  return raw
    .replace(INVISIBLE, "")
    .replace(/[\u2010\u2011]/g, "-")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(SLACK_LINK, " $1 ")
    .replace(/\s+/g, " ")
    .trim();
}

/** A word without the quotes, brackets and punctuation around it; may be empty. */
export function bare(word: string): string {
  return word.replace(EDGES, "");
}

/** The words of a text, bared; commas and semicolons separate as spaces do. */
export function bareWords(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map(bare)
    .filter(Boolean);
}

/** Ids that stand inside addresses (`…/findall/runs/ID/result`, `?run_id=ID`) or as a named field (`"findall_id": "ID"`). */
export function idsInAddresses(text: string): FoundInAddresses {
  const addresses = text.match(ADDRESS) ?? [];
  const found = addresses.map(idInAddress);
  const named = [...text.matchAll(FIELD_ID)].map((match) => match[1] ?? "");
  const ids = [...found, ...named].filter((id): id is string => id !== null && isRunId(id));
  return {
    ids: [...new Set(ids)],
    addressWithoutId: ids.length === 0 && addresses.some((address) => address.includes("://")),
  };
}

/** What is said beside the addresses and named fields. @param mark stands where one was */
export function withoutAddresses(text: string, mark = " "): string {
  return text.replace(ADDRESS, mark).replace(FIELD_ID, mark);
}

function idInAddress(address: string): string | null {
  const path = decoded(address);
  const candidates = [
    /\/runs\/([^/?#\s]+)/i.exec(path)?.[1],
    QUERY_ID.exec(path)?.[1],
    /(?:^|[/=])(findall_[A-Za-z0-9_-]+)/.exec(bare(path))?.[1],
    /\/findall\/([^/?#\s]*[\d_][^/?#\s]*)/i.exec(path)?.[1],
  ];
  for (const candidate of candidates) {
    const id = bare(candidate ?? "");
    if (isRunId(id)) return id;
  }
  return null;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // a lone % is no reason to give up on the rest
  }
}
