import { asText, boolean, type Check, isObject, object, oneOf, string } from "./checks.ts";
import { LIMITS } from "./limits.ts";

/** A `plain_text` object of 1 to `max` characters. */
export function plain(max: number): Check {
  return object({ required: { type: oneOf("plain_text"), text: string(1, max) }, optional: { emoji: boolean } });
}

/** A `mrkdwn` object of 1 to `max` characters. */
export function mrkdwn(max: number): Check {
  return object({ required: { type: oneOf("mrkdwn"), text: string(1, max) }, optional: { verbatim: boolean } });
}

/** Either kind of text object. */
export function anyText(max: number): Check {
  const asPlain = plain(max);
  const asMrkdwn = mrkdwn(max);
  return (value, at, problems) => {
    if (!isObject(value)) return problems.add(at, "must be a text object");
    if (value.type === "plain_text") return asPlain(value, at, problems);
    if (value.type === "mrkdwn") return asMrkdwn(value, at, problems);
    problems.add(`${at}/type`, `unsupported type: ${asText(value.type)}`);
  };
}

/** An absolute http(s) or mailto address without raw spaces or angle brackets. */
export const url: Check = (value, at, problems) => {
  string(1, LIMITS.url)(value, at, problems);
  if (typeof value === "string" && !/^(https?:\/\/|mailto:|tel:|slack:)[^\s<>]+$/i.test(value)) {
    problems.add(at, "invalid url");
  }
};

export const imageUrl: Check = (value, at, problems) => {
  string(1, LIMITS.imageUrl)(value, at, problems);
  if (typeof value === "string" && !/^https?:\/\/[^\s<>]+$/i.test(value)) problems.add(at, "invalid image url");
};

export const id: Check = string(1, LIMITS.id);
