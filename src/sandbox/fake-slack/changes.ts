import { EventEmitter } from "node:events";
import type { CallRecord, DeliveryRecord, Ephemeral, StoredMessage, StoredView } from "./model.ts";

/** Everything one can listen to; `change` follows each of them with its name. */
export interface ChangeEvents {
  readonly message: StoredMessage;
  readonly edit: StoredMessage;
  readonly delete: StoredMessage;
  readonly ephemeral: Ephemeral;
  readonly view: StoredView;
  readonly call: CallRecord;
  readonly delivery: DeliveryRecord;
  readonly connection: { readonly open: number };
  readonly workspace: string;
  readonly fault: string;
  readonly change: string;
}

export interface Changes {
  emit<Name extends keyof ChangeEvents>(name: Name, value: ChangeEvents[Name]): void;
  /** Returns the function that stops listening. */
  on<Name extends keyof ChangeEvents>(name: Name, listener: (value: ChangeEvents[Name]) => void): () => void;
  removeAll(): void;
}

export function createChanges(): Changes {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    emit: (name, value) => {
      emitter.emit(name, value);
      if (name !== "change") emitter.emit("change", name);
    },
    on: (name, listener) => {
      emitter.on(name, listener);
      return () => emitter.off(name, listener);
    },
    removeAll: () => emitter.removeAllListeners(),
  };
}
