/** Filters, as the APIs of AWS and Docker take them. */
import { list, text } from "../field.ts";
import { objectOf } from "../object-schema.ts";

/** Keeps what has one of these values. */
export interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

export const filters = list(objectOf<Filter>({ name: text, values: list(text) }));
