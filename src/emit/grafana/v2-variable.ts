/** Variables in Grafana's schema v2. */
import type { PlannedVariable, VariableKind } from "../../plan/dashboard/planned.ts";
import { nameOf } from "./reference.ts";
import { sdk } from "./sdk.ts";
import { chosen, offeredValues } from "./variable-value.ts";

type V2 = typeof import("@grafana/grafana-foundation-sdk/dashboardv2beta1");
type Builder = Pick<InstanceType<V2["TextVariableBuilder"]>, "label" | "hide"> & { build(): never };

/** A variable of schema v2. */
export function v2Variable(planned: PlannedVariable): Builder {
  const builder = MAKERS[planned.kind](planned, sdk("dashboardv2beta1")) as unknown as Builder;
  if (planned.label !== undefined) builder.label(planned.label);
  if (planned.hidden) builder.hide(sdk("dashboardv2beta1").VariableHide.HideVariable);
  return builder;
}

type Make = (planned: PlannedVariable, modules: V2) => { build(): unknown };

const query: Make = (planned, { QueryVariableBuilder, VariableRefresh, VariableSort }) => {
  const sorts = {
    alphabetical: VariableSort.AlphabeticalAsc,
    numerical: VariableSort.NumericalAsc,
    none: VariableSort.Disabled,
  };
  const asked = new (sdk("prometheus").QueryBuilder)();
  const kind = asked.build();
  // A variable's query is a text of its own, for which the library has no builder.
  const written = { build: () => ({ ...kind, spec: { query: planned.text, refId: `variable-${planned.name}` } }) };
  if (planned.datasource.ref !== undefined) asked.datasource(nameOf(planned.datasource));
  const builder = new QueryVariableBuilder(planned.name)
    .query(written)
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
  return builder;
};

const custom: Make = (planned, { CustomVariableBuilder }) => {
  const builder = new CustomVariableBuilder(planned.name)
    .query(planned.text)
    .multi(planned.multi)
    .includeAll(planned.includeAll)
    .current(chosen(planned.current ?? "$__all", planned))
    .options(offeredValues(planned));
  return planned.allValue === undefined ? builder : builder.allValue(planned.allValue);
};

const MAKERS: Readonly<Record<VariableKind, Make>> = {
  query,
  custom,
  datasource: ({ name, text }, { DatasourceVariableBuilder }) => new DatasourceVariableBuilder(name).pluginId(text),
  interval: (planned, { IntervalVariableBuilder }) =>
    new IntervalVariableBuilder(planned.name)
      .query(planned.text)
      .current(chosen(planned.current ?? "", planned))
      .options(offeredValues(planned)),
  textbox: ({ name, text, current = text }, { TextVariableBuilder }) =>
    new TextVariableBuilder(name).query(text).current({ text: current, value: current }),
  constant: ({ name, text }, { ConstantVariableBuilder }) =>
    new ConstantVariableBuilder(name).query(text).current({ text, value: text }),
  adhoc: ({ name, datasource }, { AdhocVariableBuilder }) =>
    new AdhocVariableBuilder(name).group("prometheus").datasource(nameOf(datasource)),
  groupby: query,
  switch: custom,
  other: query,
};
