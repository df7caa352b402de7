/** Dashboards as Grafana's JSON, built by its own library. https://grafana.github.io/grafana-foundation-sdk/ */
import { createRequire } from "node:module";
import { METRIC_NAME } from "../../label/label-set.ts";
import type { Dashboard, Panel } from "../../model/dashboard.ts";
import { slug } from "../../plan/conventions.ts";
import type { Expr } from "../../promql/ast.ts";
import { print } from "../../promql/print/print.ts";
import { labelFlow } from "../../promql/type/label-flow.ts";
import type { AnyVector } from "../../vector/instant-vector.ts";
import type { OutputFile } from "../output-file.ts";
import { layOut } from "./layout.ts";
import { unitOf } from "./unit.ts";

// The library takes 0.3 s to load and is not needed without dashboards.
const require = createRequire(import.meta.url);
type Sdk<M extends string> = M extends "dashboard"
  ? typeof import("@grafana/grafana-foundation-sdk/dashboard")
  : M extends "timeseries"
    ? typeof import("@grafana/grafana-foundation-sdk/timeseries")
    : M extends "stat"
      ? typeof import("@grafana/grafana-foundation-sdk/stat")
      : M extends "gauge"
        ? typeof import("@grafana/grafana-foundation-sdk/gauge")
        : M extends "table"
          ? typeof import("@grafana/grafana-foundation-sdk/table")
          : M extends "prometheus"
            ? typeof import("@grafana/grafana-foundation-sdk/prometheus")
            : never;
const sdk = <const M extends string>(module: M): Sdk<M> => require(`@grafana/grafana-foundation-sdk/${module}`);

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
const DATASOURCE = { type: "prometheus", uid: "${datasource}" } as const;

/** One dashboard's file. */
export function emitDashboard(dashboard: Dashboard): OutputFile {
  const { spec, name: title } = dashboard;
  const { DashboardBuilder, RowBuilder, DatasourceVariableBuilder } = sdk("dashboard");
  const uid = slug(title).slice(0, 40);
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .tags(["tocsin", spec.owner.name, ...(spec.tags ?? [])])
    .time({ from: "now-6h", to: "now" })
    .refresh("1m")
    .timezone("browser")
    .readonly()
    .withVariable(new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus"));
  if (spec.description !== undefined) builder.description(spec.description);
  const rows = Object.entries(spec.rows);
  const places = layOut(rows.map(([, panels]) => panels.length));
  let id = 1;
  rows.forEach(([name, panels], i) => {
    const place = places[i];
    if (place === undefined) return;
    builder.withRow(new RowBuilder(name).id(id++).gridPos(place.header));
    panels.forEach((panel, j) => {
      const position = place.panels[j];
      if (position !== undefined) builder.withPanel(panelBuilder(panel).id(id++).gridPos(position));
    });
  });
  return {
    path: `grafana/dashboards/${slug(spec.owner.name)}/${slug(title)}.json`,
    text: `${JSON.stringify(builder.build(), null, 2)}\n`,
  };
}

type Drawn = NonNullable<Panel["spec"]["as"]>;
type PanelBuilder = InstanceType<Sdk<"timeseries">["PanelBuilder"]>;

const BUILDERS: { readonly [K in Drawn]: () => PanelBuilder } = {
  timeseries: () => new (sdk("timeseries").PanelBuilder)().fillOpacity(10).showPoints("never" as never),
  stat: () => new (sdk("stat").PanelBuilder)() as unknown as PanelBuilder,
  gauge: () => new (sdk("gauge").PanelBuilder)() as unknown as PanelBuilder,
  table: () => new (sdk("table").PanelBuilder)() as unknown as PanelBuilder,
};

function panelBuilder({ title, queries, spec }: Panel): PanelBuilder {
  const { DataqueryBuilder } = sdk("prometheus");
  const drawn = spec.as ?? "timeseries";
  const builder = BUILDERS[drawn]().title(title).datasource(DATASOURCE);
  const unit = spec.unit ?? unitOf(queries.map(({ ast }) => ast));
  if (unit !== undefined) builder.unit(unit);
  if (spec.description !== undefined) builder.description(spec.description);
  queries.forEach((query, i) => {
    const target = new DataqueryBuilder()
      .refId(refId(i))
      .datasource(DATASOURCE)
      .expr(print(query.ast))
      .legendFormat(spec.legend ?? legend(query, title));
    builder.withTarget(
      drawn === "timeseries"
        ? target.range()
        : target.instant().format((drawn === "table" ? "table" : "time_series") as never),
    );
  });
  return builder;
}

/** The labels that tell the series apart. */
function legend({ ast }: AnyVector, title: string): string {
  const labels = mainLabels(ast);
  return labels.length === 0 ? title : labels.map((name) => `{{${name}}}`).join(" ");
}

/** The labels a series is told apart by: those it surely has, or else those its expression names. */
function mainLabels(expr: Expr): readonly string[] {
  const { named } = labelFlow(expr).labels;
  return [...named]
    .filter(([name, { status }]) => status !== "cannot" && name !== METRIC_NAME && name !== "job")
    .map(([name]) => name)
    .sort();
}

function refId(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refId(Math.floor(index / 26) - 1) + letter;
}
