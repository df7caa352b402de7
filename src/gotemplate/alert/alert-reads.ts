/** Which labels the text of an alert reads. */
import { type Reads, readsOf } from "../reads/reads.ts";
import { ALERT_SHAPE, ALERT_VARIABLES } from "../reads/shape.ts";
import type { AlertText } from "./alert-text.ts";

/** The labels, external labels and other data that a text reads, told without running it. */
export function readsOfAlertText({ parsed: { main, templates } }: AlertText): Reads {
  return readsOf(main, (name) => templates.get(name), ALERT_SHAPE, ALERT_VARIABLES);
}
