/** Variables in Grafana's classic schema. https://grafana.com/docs/grafana/latest/dashboards/variables/ */
import type { PlannedVariable, VariableKind } from "../../plan/dashboard/planned.ts";
import { refOf } from "./reference.ts";
import { sdk } from "./sdk.ts";
import { chosen, offeredValues } from "./variable-value.ts";

type Dashboards = typeof import("@grafana/grafana-foundation-sdk/dashboard");
type Built = ReturnType<InstanceType<Dashboards["QueryVariableBuilder"]>["build"]>;

interface Builder {
  build(): Built;
  label(label: string): unknown;
  hide?(hide: InstanceType<never>): unknown;
}

/** A variable of the classic schema. */
export function classicVariable(planned: PlannedVariable): Builder {
  const builder = MAKERS[planned.kind](planned, sdk("dashboard"));
  if (planned.label !== undefined) builder.label(planned.label);
  const { VariableHide } = sdk("dashboard");
  if (planned.hidden) builder.hide?.(VariableHide.HideVariable as never);
  return builder;
}

type Make = (planned: PlannedVariable, modules: Dashboards) => Builder;

/** A kind that nobody can define is only ever read, and never written. */
const query: Make = (planned, { QueryVariableBuilder, VariableRefresh, VariableSort }) => {
  const sorts = {
    alphabetical: VariableSort.AlphabeticalAsc,
    numerical: VariableSort.NumericalAsc,
    none: VariableSort.Disabled,
  };
  const builder = new QueryVariableBuilder(planned.name)
    .datasource(refOf(planned.datasource))
    .query({ query: planned.text, refId: `PrometheusVariableQueryEditor-${planned.name}` })
    .definition(planned.text)
    .multi(planned.multi)
    .includeAll(planned.includeAll)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(sorts[planned.sort]);
  // Set here, its place in the file stays as it always was.
  if (planned.label !== undefined) builder.label(planned.label);
  if (planned.regex !== undefined) builder.regex(planned.regex);
  if (planned.allValue !== undefined) builder.allValue(planned.allValue);
  if (planned.current !== undefined) builder.current(chosen(planned.current, planned));
  else if (planned.includeAll) builder.current(chosen("$__all", planned));
  return builder as unknown as Builder;
};

const custom: Make = (planned, { CustomVariableBuilder }) => {
  const builder = new CustomVariableBuilder(planned.name)
    .values(planned.text)
    .multi(planned.multi)
    .includeAll(planned.includeAll)
    .current(chosen(planned.current ?? "$__all", planned))
    .options(offeredValues(planned));
  if (planned.allValue !== undefined) builder.allValue(planned.allValue);
  return builder as unknown as Builder;
};

const MAKERS: Readonly<Record<VariableKind, Make>> = {
  query,
  custom,
  datasource: ({ name, text }, { DatasourceVariableBuilder }) => new DatasourceVariableBuilder(name).type(text),
  interval: (planned, { IntervalVariableBuilder }) =>
    new IntervalVariableBuilder(planned.name)
      .values(planned.text)
      .current(chosen(planned.current ?? "", planned))
      .options(offeredValues(planned)) as unknown as Builder,
  textbox: ({ name, text, current = text }, { TextBoxVariableBuilder }) =>
    new TextBoxVariableBuilder(name)
      .defaultValue(text)
      .current({ text: current, value: current }) as unknown as Builder,
  constant: ({ name, text }, { ConstantVariableBuilder }) => new ConstantVariableBuilder(name).value(text),
  adhoc: ({ name, datasource }, { AdHocVariableBuilder }) =>
    new AdHocVariableBuilder(name).datasource(refOf(datasource)) as unknown as Builder,
  groupby: query,
  switch: custom,
  other: query,
};
