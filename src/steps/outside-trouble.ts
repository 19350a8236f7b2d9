import type { FindAllError } from "../findall/error.ts";
import type { OutsideTrouble } from "./results.ts";

/** What a failed read of Parallel means for the person who asked. */
export function troubleReading(error: FindAllError): OutsideTrouble {
  switch (error.code) {
    case "not_found":
      return { kind: "run_not_found" };
    case "invalid_id":
      return { kind: "id_refused", detail: error.detail };
    case "unauthorized":
      return { kind: "api_key_rejected" };
    case "unreadable":
      return { kind: "answer_unreadable", detail: error.detail };
    default:
      return { kind: "parallel_unavailable", detail: error.detail };
  }
}
