/** Every panel asks the data source that is chosen at the top. */
import { type DashboardCheck, numericPanels } from "../dashboard-check.ts";

export const panelDatasource: DashboardCheck = {
  code: "dashboard/panel-datasource",
  severity: "warning",
  about: "Every panel asks the data source that is chosen at the top.",
  help: "let it ask the dashboard's variable for data sources",
  *find(dashboard) {
    const known = dashboard.variables.filter(({ kind }) => kind === "datasource").map(({ name }) => name);
    for (const panel of numericPanels(dashboard)) {
      // A gauge or a number asks what its queries ask.
      if (panel.as === "gauge" || panel.plugin === "stat" || panel.plugin === "gauge") continue;
      const ref = panel.datasource.ref ?? "";
      const [, name = ""] = /^(?:\$(\w+)|\$\{(\w+)\})$/.exec(ref)?.filter((part) => part !== undefined) ?? [];
      if (!known.includes(name)) yield { panel, message: `asks ${ref === "" ? "no data source of its own" : ref}` };
    }
  },
};
