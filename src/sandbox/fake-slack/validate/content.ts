import { ApiError, invalid } from "../api-error.ts";
import { type Args, flag, json, text } from "../args.ts";
import type { Content, ContentFlags, Json, Metadata } from "../model.ts";
import { blockProblems, isTooLong } from "./blocks.ts";
import { isObject, isWellFormed } from "./checks.ts";
import { LIMITS } from "./limits.ts";

/** Where a content comes from decides which totals apply. */
export interface ContentRules {
  /** The total budget over all blocks; reported for the Web API, not for `response_url`. */
  readonly blockBudget: boolean;
}

/** Reads and checks text, blocks, attachments and metadata of a call, in the order Slack complains about them. */
export function readContent(args: Args, rules: ContentRules): Content {
  const blocks = readBlocks(args, rules);
  const attachments = readAttachments(args);
  const said = text(args, "text") ?? "";
  if (!isWellFormed(said)) throw new ApiError("invalid_json");
  if (said.trim() === "" && blocks.length === 0 && attachments.length === 0) throw new ApiError("no_text");
  return { text: said, blocks, attachments, metadata: readMetadata(args) };
}

/** The blocks of a call, checked; an empty list when there are none. */
export function readBlocks(args: Args, rules: ContentRules): readonly Json[] {
  const blocks = json(args, "blocks", "invalid_blocks_format");
  if (blocks === undefined) return [];
  if (!Array.isArray(blocks)) throw new ApiError("invalid_blocks_format");
  const problems = blockProblems(blocks, "message");
  if (problems.length > 0) throw invalid("invalid_blocks", problems);
  if (rules.blockBudget && isTooLong(blocks)) throw new ApiError("msg_blocks_too_long");
  return blocks as Json[];
}

function readAttachments(args: Args): readonly Json[] {
  const attachments = json(args, "attachments", "invalid_attachments");
  if (attachments === undefined) return [];
  if (!Array.isArray(attachments) || !attachments.every(isObject)) throw new ApiError("invalid_attachments");
  if (attachments.length > LIMITS.attachments) throw new ApiError("too_many_attachments");
  return attachments;
}

/** Metadata as Slack takes it: a short event type and a flat payload without lists of plain strings. */
export function readMetadata(args: Args): Metadata | undefined {
  const metadata = json(args, "metadata", "invalid_metadata_format");
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new ApiError("invalid_metadata_format");
  const { event_type: type, event_payload: payload, ...others } = metadata;
  if (typeof type !== "string" || !/^[A-Za-z0-9_]{1,50}$/.test(type)) throw new ApiError("invalid_metadata_format");
  if (!isObject(payload) || Object.keys(others).length > 0) throw new ApiError("invalid_metadata_format");
  if (!Object.values(payload).every(isMetadataValue)) throw new ApiError("invalid_metadata_schema");
  const encoded = JSON.stringify(metadata);
  if (/\\ud[89a-f][0-9a-f]{2}/i.test(encoded)) throw new ApiError("invalid_metadata_format");
  if (Buffer.byteLength(encoded, "utf8") > LIMITS.metadata.bytes) throw new ApiError("metadata_too_large");
  return { event_type: type, event_payload: payload };
}

function isMetadataValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isObject);
  return isObject(value) || ["string", "number", "boolean"].includes(typeof value);
}

/** How the top-level text is to be read. */
export function readFlags(args: Args): ContentFlags {
  return {
    mrkdwn: flag(args, "mrkdwn", true),
    linkNames: flag(args, "link_names", false),
    parse: text(args, "parse") ?? null,
    unfurlLinks: flag(args, "unfurl_links", true),
    unfurlMedia: flag(args, "unfurl_media", true),
  };
}
