/** How a panel, a query and a variable name their data source. */
import type { DatasourceRef } from "../../plan/dashboard/planned.ts";

/** In the classic schema: by a type and an id. */
export function refOf({ type, ref }: DatasourceRef): { type?: string; uid?: string } {
  return { ...(type === undefined ? {} : { type }), ...(ref === undefined ? {} : { uid: ref }) };
}

/** In schema v2: by a name alone. */
export function nameOf({ ref }: DatasourceRef): { name?: string } {
  return ref === undefined ? {} : { name: ref };
}
