/** What the page of the preview is given: plain data, small enough to lie in the page itself. */
import type {
  PanelKind,
  PlannedLink,
  PlannedLook,
  PlannedSeriesLook,
  PlannedThreshold,
  ValueWord,
} from "../../plan/dashboard/planned.ts";

export interface Payload {
  readonly title: string;
  /** What the data is: a scenario's, a file's, made up. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  readonly dashboards: readonly DashboardData[];
  readonly alerts: readonly AlertData[];
  readonly route: RouteData;
  readonly runbooks: readonly RunbookData[];
}

export interface DashboardData {
  readonly uid: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly owner: string;
  readonly rows: readonly RowData[];
}

export interface RowData {
  readonly title: string;
  readonly collapsed: boolean;
  readonly panels: readonly PanelData[];
}

export interface PanelData {
  readonly id: number;
  readonly title: string;
  readonly description: string | undefined;
  readonly as: PanelKind;
  /** How wide it is, of 24 columns, and how high. */
  readonly width: number;
  readonly height: number;
  readonly unit: string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly decimals: number | undefined;
  readonly stack: boolean | "percent";
  readonly look: PlannedLook;
  readonly thresholds: readonly PlannedThreshold[];
  /** Words for values. */
  readonly mappings: Readonly<Record<string, ValueWord>>;
  readonly links: readonly PlannedLink[];
  readonly queries: readonly string[];
  readonly series: readonly SeriesData[];
  /** What a table shows, of panels that are one. */
  readonly table: TableData | undefined;
  /** Of a text, HTML that was made safe. */
  readonly html: string | undefined;
  /** What went wrong with its queries. */
  readonly trouble: string | undefined;
}

export interface SeriesData {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A value for each step, or one for the last moment; `null` where there is none. */
  readonly values: readonly (number | null)[];
  /** Which of the panel's queries it answers. */
  readonly refId: string;
  /** What differs from how the panel shows its values. */
  readonly look?: SeriesLookData | undefined;
  /** Of a heatmap's row, the upper bound. */
  readonly bound?: number | undefined;
}

export type SeriesLookData = Omit<PlannedSeriesLook, "of" | "refId">;

export interface TableData {
  readonly columns: readonly ColumnData[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface ColumnData {
  readonly title: string;
  /** Whether it holds values, and not the values of a label. */
  readonly isValue: boolean;
  readonly look?: SeriesLookData | undefined;
}

export interface AlertData {
  readonly name: string;
  readonly service: string;
  readonly team: string;
  readonly severity: string;
  readonly expression: string;
  /** The file of its page. */
  readonly runbook: string;
  readonly series: readonly AlertSeries[];
}

export interface AlertSeries {
  readonly labels: string;
  readonly summary: string;
  readonly spans: readonly AlertSpan[];
}

export interface AlertSpan {
  readonly state: "pending" | "firing";
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RouteData {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly notes: readonly string[];
  readonly routes: readonly RouteData[];
}

export interface RunbookData {
  readonly name: string;
  readonly html: string;
}
