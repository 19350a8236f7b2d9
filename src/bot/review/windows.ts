import type { WebClient } from "@slack/web-api";
import type { ModalView } from "../../slack/views/modal.ts";

/** Modals as Slack keeps them on a person's screen. */
export interface Windows {
  /** The view's id. `already`: another delivery of the same click has opened it. */
  open(triggerId: string, view: ModalView): Promise<OpenedWindow>;
  /** On top of the modal that is open. */
  push(triggerId: string, view: ModalView): Promise<OpenedWindow>;
  /** `outdated`: with a hash, the view has changed since; without, it is no longer there. */
  update(viewId: string, view: object, hash: string | null): Promise<"updated" | "outdated">;
}

export type OpenedWindow = { readonly kind: "opened"; readonly viewId: string } | { readonly kind: "already" };

const OUTDATED = new Set(["hash_conflict", "not_found", "view_not_found"]);

/** The windows that a Web API client opens. Failures are thrown as the SDK throws them. */
export function createWindows(client: WebClient): Windows {
  const opening = async (call: Promise<{ view?: { id?: string } }>): Promise<OpenedWindow> => {
    try {
      return { kind: "opened", viewId: (await call).view?.id ?? "" };
    } catch (error) {
      if (errorCode(error) === "exchanged_trigger_id") return { kind: "already" };
      throw error;
    }
  };
  return {
    open: (trigger_id, view) => opening(client.views.open({ trigger_id, view: view as never })),
    push: (trigger_id, view) => opening(client.views.push({ trigger_id, view: view as never })),
    async update(view_id, view, hash) {
      try {
        await client.views.update({ view_id, view: view as never, ...(hash ? { hash } : {}) });
        return "updated";
      } catch (error) {
        if (OUTDATED.has(errorCode(error))) return "outdated";
        throw error;
      }
    },
  };
}

/** Slack's own error code; empty for everything else that goes wrong. */
function errorCode(error: unknown): string {
  const { data } = (error ?? {}) as { data?: { error?: unknown } };
  return typeof data?.error === "string" ? data.error : "";
}
