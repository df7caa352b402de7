/** A dashboard lets people choose the instance, by a variable of that name. */

import type { DashboardCheck } from "../dashboard-check.ts";
import { targetVariable } from "../target-variable.ts";

export const templateInstance: DashboardCheck = {
  code: "dashboard/template-instance",
  severity: "warning",
  about: "A dashboard lets people choose the instance, by a variable of that name.",
  help: "add a query variable named instance and labelled Instance, for several values, with .+ for all",
  find: (dashboard, knowledge) => targetVariable(dashboard, "instance", "Instance", knowledge),
};
