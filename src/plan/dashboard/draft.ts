/** A dashboard before it is lowered: one that a user defined, or one that is made for a service, a team or the fleet. */
import type { Link } from "../../model/dashboard/link.ts";
import type { Row } from "../../model/dashboard/row.ts";
import type { Variable } from "../../model/dashboard/variable.ts";
import type { PlannedTime } from "./planned.ts";

export interface DashboardDraft {
  readonly uid: string;
  readonly file: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** Whose folder it lies in. */
  readonly owner: string;
  readonly rows: readonly Row[];
  readonly time: PlannedTime;
  readonly variables: readonly Variable[];
  readonly links: readonly Link[];
  /** The one job that it is about: every query is narrowed to it. */
  readonly job: string | undefined;
  /** Whose alerts are marked on its panels. */
  readonly annotated: { readonly team?: string | undefined; readonly services: readonly string[] };
}

/** What a dashboard shows where nothing is said. */
export const USUAL_TIME: PlannedTime = Object.freeze({ from: "now-6h", to: "now", refresh: "1m", timezone: "browser" });
