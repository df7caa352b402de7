/** Variables are filled anew when the range of time changes, for what was there then is not what is there now. */
import type { DashboardCheck } from "../dashboard-check.ts";

export const templateOnTimeChangeReload: DashboardCheck = {
  code: "dashboard/template-on-time-change-reload",
  severity: "warning",
  about: "Variables are filled anew when the range of time changes, for what was there then is not what is there now.",
  help: 'set its refresh to "On time range change"',
  *find({ variables }) {
    for (const variable of variables) {
      if (variable.kind === "query" && variable.refresh !== "on time range")
        yield { variable, message: `its variable ${variable.name} is refreshed ${variable.refresh}` };
    }
  },
};
