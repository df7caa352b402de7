/** A dashboard that is made from code is not changed by hand, for the next build would undo it. */
import type { DashboardCheck } from "../dashboard-check.ts";

export const uneditableDashboard: DashboardCheck = {
  code: "dashboard/uneditable-dashboard",
  severity: "warning",
  about: "A dashboard that is made from code is not changed by hand, for the next build would undo it.",
  help: "set editable to false",
  *find({ editable }) {
    if (editable) yield { message: "can be changed by hand" };
  },
};
