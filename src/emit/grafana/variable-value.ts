/** The values of variables, which both schemas write alike. */
import type { PlannedVariable } from "../../plan/dashboard/planned.ts";

export interface Option {
  text: string | string[];
  value: string | string[];
  selected?: boolean;
}

/** What is chosen when the dashboard opens. */
export function chosen(value: string, { multi }: Pick<PlannedVariable, "multi">): Option {
  const text = value === "$__all" ? "All" : value;
  return multi ? { text: [text], value: [value] } : { text, value };
}

/** What there is to choose from. */
export function offeredValues({ text, current, includeAll }: PlannedVariable): Option[] {
  const values = text.split(/(?<!\\),/).map((value) => value.replaceAll("\\,", ","));
  const all = includeAll ? [{ text: "All", value: "$__all", selected: current === undefined }] : [];
  return [...all, ...values.map((value) => ({ text: value, value, selected: value === current }))];
}
