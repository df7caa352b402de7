/** The queries that fill variables can be read. */
import type { DashboardCheck } from "../dashboard-check.ts";

export const templateLabelPromql: DashboardCheck = {
  code: "dashboard/template-label-promql",
  severity: "error",
  about: "The queries that fill variables can be read.",
  help: "correct the query; Prometheus would refuse it",
  *find({ variables }) {
    for (const variable of variables) {
      const [first] = variable.errors;
      if (first !== undefined)
        yield { variable, message: `its variable ${variable.name} asks ${variable.text}: ${first.message}` };
    }
  },
};
