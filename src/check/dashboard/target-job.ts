/** Every query is narrowed to the job that is chosen. */

import type { DashboardCheck } from "../dashboard-check.ts";
import { targetMatcher } from "../target-variable.ts";

export const targetJob: DashboardCheck = {
  code: "dashboard/target-job",
  severity: "warning",
  about: "Every query is narrowed to the job that is chosen.",
  help: 'add job=~"$job" to each of its selectors',
  find: (dashboard, knowledge) => targetMatcher(dashboard, "job", knowledge),
};
