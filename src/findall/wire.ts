/**
 * The FindAll API's documented shapes (findall-api, "Types"). They say what the vendor promises; `read-*.ts` trusts none
 * of it and takes only the field names from here. Enums are open on purpose: new values came in patch releases.
 */
export interface WireRunResult {
  run: WireRun;
  candidates: WireCandidate[];
  last_event_id?: string | null;
}

export interface WireRun {
  findall_id: string;
  status: WireRunStatus;
  generator: string;
  metadata?: { [key: string]: string | number | boolean } | null;
  created_at?: string | null;
  modified_at?: string | null;
}

export interface WireRunStatus {
  status: string;
  is_active: boolean;
  metrics: WireMetrics;
  termination_reason?: string | null;
}

export interface WireMetrics {
  generated_candidates_count?: number;
  matched_candidates_count?: number;
}

export interface WireCandidate {
  candidate_id: string;
  name: string;
  url: string;
  match_status: string;
  description?: string | null;
  output?: { [field: string]: unknown } | null;
  basis?: WireFieldBasis[] | null;
}

/** The shape of `output[field]` in the vendor's prose; the OpenAPI example shows bare strings instead. */
export interface WireOutputField {
  value: unknown;
  type?: string;
  /** Only on match conditions. */
  is_matched?: boolean;
}

export interface WireFieldBasis {
  field: string;
  reasoning: string;
  citations?: WireCitation[];
  confidence?: string | null;
}

export interface WireCitation {
  url: string;
  title?: string | null;
  excerpts?: string[] | null;
}

export interface WireSchema {
  objective: string;
  entity_type: string;
  match_conditions: WireMatchCondition[];
  enrichments?: WireEnrichment[] | null;
  generator?: string;
  match_limit?: number | null;
}

export interface WireMatchCondition {
  name: string;
  description: string;
}

export interface WireEnrichment {
  output_schema: { type?: string; json_schema: { [key: string]: unknown } };
  processor?: string;
}

/** One event of a run's stream. */
export interface WireEvent {
  type: string;
  timestamp?: string;
  event_id?: string;
  /** A run, a candidate or a schema, by the type. */
  data?: unknown;
  /** Only of the type `error`. */
  error?: { ref_id: string; message: string; detail?: unknown };
}

/** Every field of a documented shape, none of them trusted. */
export type Untrusted<T> = { readonly [K in keyof T]?: unknown };
