/** What a table shows: a column for each label and each query, as the panel's transformations leave them. */
import type { PlannedPanel } from "../../plan/dashboard/planned.ts";
import type { ColumnData, SeriesData, TableData } from "./payload.ts";
import { lookFor } from "./series-look.ts";

type Cell = string | number | null;

interface Column {
  /** As Grafana knows it: a label, or `Value #A`. */
  readonly name: string;
  /** Of the series of which query; `undefined` for a label's. */
  readonly refId: string | undefined;
}

/** The table of a panel's answers. */
export function tableOf(panel: PlannedPanel, series: readonly SeriesData[]): TableData {
  const { hidden, renamed, first } = organized(panel);
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))];
  const several = panel.queries.length > 1;
  const columns: Column[] = [
    ...labels.map((name) => ({ name, refId: undefined })),
    ...panel.queries.map(({ refId }) => ({ name: several ? `Value #${refId}` : "Value", refId })),
  ].filter(({ name }) => !hidden.has(name));
  columns.sort((a, b) => (first.get(a.name) ?? Number.MAX_VALUE) - (first.get(b.name) ?? Number.MAX_VALUE));
  const shown = columns
    .map(({ name, refId }): ColumnData & Column => {
      const look = lookFor(panel.series, [renamed.get(name) ?? name, name], refId ?? "");
      const title = look?.name ?? renamed.get(name) ?? (refId === undefined ? name : name.toLowerCase());
      return { name, refId, title, isValue: refId !== undefined, look };
    })
    .filter(({ look }) => look?.hidden !== true);
  return {
    columns: shown.map(({ title, isValue, look }) => ({ title, isValue, look })),
    rows: sorted(rowsOf(series, shown), shown, panel),
  };
}

/** Series with the same labels, of whatever query, are one row. */
function rowsOf(series: readonly SeriesData[], columns: readonly Column[]): readonly (readonly Cell[])[] {
  const rows = new Map<string, Cell[]>();
  for (const { labels, refId, values } of series) {
    const key = JSON.stringify(Object.entries(labels).sort());
    const row =
      rows.get(key) ?? columns.map((column) => (column.refId === undefined ? (labels[column.name] ?? "") : null));
    rows.set(key, row);
    columns.forEach((column, i) => {
      if (column.refId === refId) row[i] = values.findLast((value) => value !== null) ?? null;
    });
  }
  return [...rows.values()];
}

function sorted(
  rows: readonly (readonly Cell[])[],
  columns: readonly ColumnData[],
  { look: { sortBy } }: PlannedPanel,
): TableData["rows"] {
  const by = columns.findIndex(({ title }) => title === sortBy?.column);
  if (sortBy === undefined || by === -1) return rows;
  const sign = sortBy.descending ? -1 : 1;
  const order = (a: Cell, b: Cell) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""), "en");
  return rows.toSorted((a, b) => sign * order(a[by] ?? null, b[by] ?? null));
}

/** What `organize` says of columns; other transformations are left to Grafana. */
function organized({ transformations }: PlannedPanel): {
  readonly hidden: ReadonlySet<string>;
  readonly renamed: ReadonlyMap<string, string>;
  readonly first: ReadonlyMap<string, number>;
} {
  const found = transformations.flatMap(({ id, options }) => (id === "organize" ? [options as Organize] : []));
  const all = <K extends keyof Organize>(key: K) => found.flatMap((options) => Object.entries(options[key] ?? {}));
  return {
    hidden: new Set(all("excludeByName").flatMap(([name, is]) => (is === true ? [name] : []))),
    renamed: new Map(
      all("renameByName").flatMap(([name, to]) => (typeof to === "string" && to !== "" ? [[name, to]] : [])),
    ),
    first: new Map(all("indexByName").flatMap(([name, at]) => (typeof at === "number" ? [[name, at]] : []))),
  };
}

type Organize = Partial<Record<"excludeByName" | "renameByName" | "indexByName", Readonly<Record<string, unknown>>>>;
