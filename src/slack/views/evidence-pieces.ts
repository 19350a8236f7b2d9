import type { Basis, Candidate, Citation, ConditionResult, Enrichment } from "../../domain/candidate.ts";
import { dotted } from "../blocks.ts";
import { humanName, plural } from "../format.ts";
import { checkUrl, hostLink } from "../links.ts";
import { conditionText, sourceLinks } from "../messages/evidence.ts";
import { quoted, splitMrkdwn, uncutMrkdwn } from "../split.ts";
import { jsonSize, mrkdwn } from "../text.ts";
import { labelled, PIECE, type Pieces } from "./pieces.ts";

/** The evidence for a candidate, whole: what messages cut is all here. */

/** A label is bold up to here; a longer one is told whole below. */
const LABEL = 80;
const CONFIDENCE = 100;
/** A longer link would leave no room beside it; its address is told as text. */
const LINK = 2_000;

export interface Depth {
  /** Every source with what it says, word for word; else the first hosts. */
  readonly excerpts: boolean;
}

/** A match condition: how it went, its value, why, and where that is from. */
export function conditionPieces(condition: ConditionResult, depth: Depth): Pieces {
  const lead = conditionText({ ...condition, value: "", basis: null }, 4 * LABEL, mrkdwn);
  return [...claimPieces(lead, condition), ...basisPieces(condition.basis, depth)];
}

/** An enrichment, likewise. */
export function enrichmentPieces(enrichment: Enrichment, depth: Depth): Pieces {
  const lead = `*${mrkdwn(humanName(enrichment.name), LABEL) || "(no name)"}*`;
  return [...claimPieces(lead, enrichment), ...basisPieces(enrichment.basis, depth)];
}

/** What the head of a modal had to cut or leave out: a very long name, an address that must not become a link. */
export function identityPieces(candidate: Candidate): Pieces {
  const url = checkUrl(candidate.url);
  return [
    ...wholeIfCut("Full name: ", candidate.name, 200),
    ...(url !== null && isShort(hostLink(url)) ? [] : labelled("Address as reported: ", candidate.url)),
  ];
}

function claimPieces(lead: string, claim: { readonly name: string; readonly value: string }): Pieces {
  const value = labelled(`${lead}: `, claim.value);
  return [...(value.length === 0 ? [lead] : value), ...wholeIfCut("Full name: ", humanName(claim.name), LABEL)];
}

function wholeIfCut(lead: string, text: string, max: number): Pieces {
  return jsonSize(uncutMrkdwn(text)) > max ? labelled(lead, text) : [];
}

function basisPieces(basis: Basis | null, depth: Depth): Pieces {
  if (basis === null) return [];
  const confidence = mrkdwn(basis.confidence, CONFIDENCE);
  const from = dotted([
    confidence === "" ? null : `Confidence: ${confidence}`,
    depth.excerpts ? countWords(basis.citations) : hostWords(basis.citations),
  ]);
  return [
    ...quotes(basis.reasoning),
    ...(from === "" ? [] : [from]),
    ...wholeIfCut("Confidence: ", basis.confidence, CONFIDENCE),
    ...(depth.excerpts ? basis.citations.flatMap(citationPieces) : []),
  ];
}

function countWords(citations: readonly Citation[]): string {
  return citations.length === 0 ? "" : plural(citations.length, "source");
}

/** The first hosts, and how many sources there are beyond them. */
function hostWords(citations: readonly Citation[]): string {
  const links = sourceLinks(citations, LINK);
  if (links === "") return countWords(citations);
  return citations.length > 3 ? `${links} (${countWords(citations)})` : links;
}

function quotes(text: string): Pieces {
  return splitMrkdwn(text, PIECE).map(quoted);
}

function citationPieces(citation: Citation): Pieces {
  const url = checkUrl(citation.url);
  const link = url === null ? "" : hostLink(url);
  const excerpts = citation.excerpts.flatMap(quotes);
  const named = isShort(link) ? linkedPieces(link, citation.title) : unlinkedPieces(citation);
  return [...(named.length === 0 && excerpts.length > 0 ? ["• (no address)"] : named), ...excerpts];
}

function linkedPieces(link: string, title: string): Pieces {
  const pieces = labelled(`• ${link} · `, title);
  return pieces.length > 0 ? pieces : [`• ${link}`];
}

/** An address that must not become a link is told as text. */
function unlinkedPieces({ title, url }: Citation): Pieces {
  const pieces = labelled("• ", title);
  return [...pieces, ...labelled(pieces.length > 0 ? "" : "• ", url)];
}

function isShort(link: string): boolean {
  return link !== "" && jsonSize(link) <= LINK;
}
