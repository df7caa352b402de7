/** A dashboard lets people choose its data source, by a variable of the usual name. */
import type { DashboardCheck } from "../dashboard-check.ts";

export const templateDatasource: DashboardCheck = {
  code: "dashboard/template-datasource",
  severity: "warning",
  about: "A dashboard lets people choose its data source, by a variable of the usual name.",
  help: 'add a variable of type data source, named datasource and labelled "Data source"',
  *find({ variables }) {
    const sources = variables.filter(({ kind }) => kind === "datasource");
    if (sources.length === 0) yield { message: "has no variable for its data source" };
    for (const variable of sources) {
      const { name, label, text } = variable;
      const names = [`${text.toLowerCase()}_datasource`, ...(sources.length === 1 ? ["datasource"] : [])];
      const labels = [`${titled(text)} data source`, ...(sources.length === 1 ? ["Data source"] : [])];
      if (!names.includes(name))
        yield { variable, message: `its variable ${name} for a data source should be named ${names.join(" or ")}` };
      if (!labels.includes(label ?? ""))
        yield {
          variable,
          message: `its variable ${name} should be labelled ${labels.join(" or ")}, and is ${label ?? "not"}`,
        };
    }
  },
};

function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}
