/** Everything that an expression on a dashboard depends on, so that one is planned anew only where that is another. */
import type { Expr } from "../../promql/ast.ts";
import type { MetricCatalog } from "../../promql/type/flow/catalog.ts";
import { memoized } from "../../util/memo.ts";
import { seriesRead } from "../catalog.ts";
import type { Sources } from "../sources.ts";
import type { Watches } from "./watch.ts";

export interface Surroundings {
  readonly catalog: MetricCatalog;
  readonly sources: Sources;
  readonly recorded: ReadonlyMap<string, Expr>;
  readonly watches: Watches;
}

/** The expression with what is known of the series it reads, what is recorded under their names, and who watches it. */
export function surroundingsIn({ catalog, sources, recorded, watches }: Surroundings) {
  return memoized((expr: Expr): readonly unknown[] => {
    const parts: unknown[] = [expr];
    for (const name of seriesRead(expr)) {
      parts.push(catalog(name), sources.get(name));
      const inner = recorded.get(name);
      // Where a name is recorded, its expression may be looked at in its place.
      if (inner !== undefined) for (const read of seriesRead(inner)) parts.push(catalog(read));
      parts.push(inner);
    }
    for (const watch of watches.on(expr)) parts.push(watch);
    return parts;
  });
}
