/** One dashboard's file. */
import { slug } from "../../plan/conventions.ts";
import type { PlannedDashboard } from "../../plan/dashboard/planned.ts";
import { memoized } from "../../util/memo.ts";
import type { OutputFile } from "../output-file.ts";
import { toClassic } from "./classic.ts";
import { toV2 } from "./v2.ts";

const WRITERS = { v1: memoized(written(toClassic)), v2: memoized(written(toV2)) } as const;

/** The file of a dashboard; one that has not changed is not written anew. */
export function emitDashboard(dashboard: PlannedDashboard, schema: "v1" | "v2" = "v1"): OutputFile {
  return WRITERS[schema](dashboard);
}

function written(toJson: (dashboard: PlannedDashboard) => object) {
  return (dashboard: PlannedDashboard): OutputFile => ({
    path: `grafana/dashboards/${slug(dashboard.owner ?? "")}/${dashboard.file}.json`,
    text: `${JSON.stringify(toJson(dashboard), null, 2)}\n`,
  });
}
