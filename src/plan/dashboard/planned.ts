/**
 * A dashboard with everything resolved, and nothing of Grafana's file format: what is built from definitions, what is
 * read from Grafana's JSON, what the checks look at and what the preview draws.
 */
import type { PanelLook, SeriesLook } from "../../model/dashboard/look.ts";
import type { Expr } from "../../promql/ast.ts";
import type { PromqlError } from "../../promql/error.ts";
import type { VariableQuery } from "../../promql/variable-query.ts";

export const PANEL_KINDS = [
  "timeseries",
  "stat",
  "gauge",
  "bar gauge",
  "pie chart",
  "table",
  "heatmap",
  "state timeline",
  "status history",
  "text",
  "logs",
  "alerts",
] as const;

/** How a panel is drawn; a panel of a kind that tocsin has no word for is read as `other`. */
export type PanelKind = (typeof PANEL_KINDS)[number];

export interface PlannedDashboard {
  readonly uid: string;
  /** The name of its file, without ending; empty for one that was read. */
  readonly file: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** The team whose folder it lies in; `undefined` for one that was read. */
  readonly owner: string | undefined;
  /** Whether a person may change it in Grafana. */
  readonly editable: boolean;
  readonly time: PlannedTime;
  readonly variables: readonly PlannedVariable[];
  readonly annotations: readonly PlannedAnnotation[];
  readonly links: readonly PlannedLink[];
  /** The first may have no title: panels above every header. */
  readonly rows: readonly PlannedRow[];
}

/** What a dashboard shows when it opens, in Grafana's words: `now-6h`, `1m`, `browser`. */
export interface PlannedTime {
  readonly from: string;
  readonly to: string;
  /** How often it asks anew; empty for never. */
  readonly refresh: string;
  readonly timezone: string;
}

export interface PlannedRow {
  readonly id: number;
  readonly title: string | undefined;
  readonly collapsed: boolean;
  /** The variable for each of whose values the row is drawn. */
  readonly repeat: string | undefined;
  readonly panels: readonly PlannedPanel[];
}

export interface PlannedPanel {
  /** The same from build to build, whatever stands beside it. */
  readonly id: number;
  readonly title: string;
  readonly description: string | undefined;
  readonly as: PanelKind | "other";
  /** The name of Grafana's own kind, where it was read. */
  readonly plugin: string | undefined;
  readonly datasource: DatasourceRef;
  readonly queries: readonly PlannedQuery[];
  readonly look: PlannedLook;
  readonly unit: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly decimals: number | undefined;
  readonly stack: boolean | "percent";
  readonly thresholds: readonly PlannedThreshold[];
  /** What differs for some of its series, the later ones over the earlier. */
  readonly series: readonly PlannedSeriesLook[];
  /** What is done to the answers of its queries before they are drawn. */
  readonly transformations: readonly PlannedTransformation[];
  readonly links: readonly PlannedLink[];
  /** The alerts on what it draws. */
  readonly watchedBy: readonly WatchingAlert[];
  /** Words for values: `0` is "down". */
  readonly mappings: Readonly<Record<string, ValueWord>>;
  /** Markdown, of a panel of text. */
  readonly content: string | undefined;
  readonly repeat: string | undefined;
  /** Where it was put, of one that was read. */
  readonly place: GridPlace | undefined;
}

export interface WatchingAlert {
  readonly name: string;
  readonly service: string;
}

export interface ValueWord {
  readonly text: string;
  readonly color: ThresholdColor | undefined;
}

/** A colour by name, or as `#rrggbb`. */
export type ThresholdColor = "green" | "yellow" | "orange" | "red" | "blue" | "text" | `#${string}`;

/** How a panel looks beside its values; what is left out is as Grafana has it. */
export interface PlannedLook
  extends Pick<
    PanelLook,
    | "color"
    | "fill"
    | "draw"
    | "axis"
    | "legendAt"
    | "legendShows"
    | "shows"
    | "sparkline"
    | "colored"
    | "noValue"
    | "transparent"
    | "over"
    | "minInterval"
    | "size"
  > {
  /** By which column a table is sorted. */
  readonly sortBy?: { readonly column: string; readonly descending: boolean };
}

/** What differs for the series that are called so, or whose names a regular expression between slashes matches. */
export interface PlannedSeriesLook extends Omit<SeriesLook, "words" | "thresholds" | "links"> {
  readonly of: string;
  /** Instead of a name: the query whose series they are. */
  readonly refId?: string;
  readonly thresholds?: readonly PlannedThreshold[];
  readonly mappings?: Readonly<Record<string, ValueWord>>;
  readonly links?: readonly PlannedLink[];
}

export interface PlannedTransformation {
  readonly id: string;
  readonly options: object;
}

export interface GridPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Values from here on have this colour; `undefined` is everything below the first. */
export interface PlannedThreshold {
  readonly from: number | undefined;
  readonly color: ThresholdColor;
}

/** Where a query's data comes from. */
export interface DatasourceRef {
  /** `prometheus`; `undefined` where nothing tells. */
  readonly type: string | undefined;
  /** As it was written: a name, an id, or a variable. */
  readonly ref: string | undefined;
}

export interface PlannedQuery {
  readonly refId: string;
  readonly datasource: DatasourceRef;
  /** The query as it is sent, with a dashboard's variables in it. */
  readonly text: string;
  /** `undefined` where the text cannot be read, or is not PromQL. */
  readonly expr: Expr | undefined;
  /** What is wrong with the text as PromQL. */
  readonly errors: readonly PromqlError[];
  /** Why a query is not looked at: it is none of Prometheus. */
  readonly skipped: string | undefined;
  readonly legend: string | undefined;
  /** Whether it asks for one moment, and not for a range of time. */
  readonly instant: boolean;
  readonly format: "time_series" | "table" | "heatmap";
  readonly hidden: boolean;
}

export type VariableKind =
  | "query"
  | "datasource"
  | "interval"
  | "custom"
  | "constant"
  | "textbox"
  | "adhoc"
  | "groupby"
  | "switch"
  | "other";

export interface PlannedVariable {
  readonly kind: VariableKind;
  readonly name: string;
  readonly label: string | undefined;
  readonly datasource: DatasourceRef;
  /** A query's text, the type of a data source, or the values of the others. */
  readonly text: string;
  /** What a query variable asks; `undefined` where it cannot be read. */
  readonly query: VariableQuery | undefined;
  readonly errors: readonly PromqlError[];
  readonly skipped: string | undefined;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue: string | undefined;
  /** Only the values that it matches are offered. */
  readonly regex: string | undefined;
  readonly sort: "alphabetical" | "numerical" | "none";
  /** When its values are asked for anew. */
  readonly refresh: "never" | "on load" | "on time range";
  readonly hidden: boolean;
  /** What is chosen when the dashboard opens, where that is said. */
  readonly current: string | undefined;
}

export interface PlannedAnnotation {
  readonly name: string;
  readonly datasource: DatasourceRef;
  readonly enabled: boolean;
  readonly color: string | undefined;
  /** `undefined` for what Grafana itself annotates. */
  readonly query: PlannedQuery | undefined;
  /** Texts with `{{label}}` in them. */
  readonly titleFormat: string | undefined;
  readonly textFormat: string | undefined;
}

export interface PlannedLink {
  readonly title: string;
  readonly url: string;
  readonly newTab: boolean;
}

/** All panels of a dashboard, in order. */
export function panelsOf({ rows }: Pick<PlannedDashboard, "rows">): readonly PlannedPanel[] {
  return rows.flatMap(({ panels }) => panels);
}
