/** A dashboard lets people choose the job, by a variable of that name. */

import type { DashboardCheck } from "../dashboard-check.ts";
import { targetVariable } from "../target-variable.ts";

export const templateJob: DashboardCheck = {
  code: "dashboard/template-job",
  severity: "warning",
  about: "A dashboard lets people choose the job, by a variable of that name.",
  help: "add a query variable named job and labelled Job, for several values, with .+ for all",
  find: (dashboard, knowledge) => targetVariable(dashboard, "job", "Job", knowledge),
};
