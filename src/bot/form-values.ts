import { asFields, type Fields } from "../slack/views/read-state.ts";

/** What stands in the fields of a form that was sent, by block; nothing behind this file knows Slack's shapes. */
export interface FormValues {
  /** What is typed or picked, trimmed; empty when nothing is. */
  one(name: string): string;
  many(name: string): readonly string[];
}

/** Reads `state.values` of a view in which a field has the same name as its block. @param view as Slack sent it */
export function readFormValues(view: Fields): FormValues {
  const values = asFields(asFields(view.state)?.values) ?? {};
  const field = (name: string) => asFields(asFields(values[name])?.[name]) ?? {};
  return {
    one: (name) => {
      const { value, selected_option, selected_time, selected_conversation } = field(name);
      const given = asFields(selected_option)?.value ?? selected_time ?? selected_conversation ?? value;
      return typeof given === "string" ? given.trim() : "";
    },
    many: (name) => {
      const { selected_options } = field(name);
      const chosen = Array.isArray(selected_options) ? selected_options : [];
      return chosen.map((each) => asFields(each)?.value).filter((each) => typeof each === "string");
    },
  };
}
