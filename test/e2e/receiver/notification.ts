/** A notification as it arrived, whatever way it took. */
import type { LabelSet } from "../../../src/label/label-set.ts";

export interface Notification {
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  /** The way and the addressee: `slack #storefront`, `pagerduty payments-primary`, `email payments@shop.example`. */
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  /** What people read, by where it stands: `title` and `text`, and whatever else the way has. */
  readonly texts: { readonly title: string; readonly text: string; readonly [place: string]: string };
  /** The alerts it speaks of, where the way carries more than texts. */
  readonly alerts: readonly NotifiedAlert[];
}

export interface NotifiedAlert {
  readonly status: "firing" | "resolved";
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
}

/** By its title, which the shop's templates begin with this word when all is well again. */
export function statusOf(title: string): Notification["status"] {
  return title.startsWith("Resolved: ") ? "resolved" : "firing";
}
