/** Every query is narrowed to the instance that is chosen. */

import type { DashboardCheck } from "../dashboard-check.ts";
import { targetMatcher } from "../target-variable.ts";

export const targetInstance: DashboardCheck = {
  code: "dashboard/target-instance",
  severity: "warning",
  about: "Every query is narrowed to the instance that is chosen.",
  help: 'add instance=~"$instance" to each of its selectors',
  find: (dashboard, knowledge) => targetMatcher(dashboard, "instance", knowledge),
};
