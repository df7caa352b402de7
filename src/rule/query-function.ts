/** The function `query` of alerts' texts. */
import { histogramText } from "../engine/histogram/text.ts";
import { compileQuery, type Query, type QueryOptions } from "../engine/query.ts";
import type { MemoryStorage } from "../engine/storage/memory-storage.ts";
import type { QueryFunction } from "../gotemplate/go/function.ts";

/** Asks a storage; what goes wrong is thrown. */
export function queryFunction(storage: MemoryStorage, options: QueryOptions): QueryFunction {
  const known = new Map<string, Query>();
  return (text, atMs) => {
    let query = known.get(text);
    if (query === undefined) {
      query = compileQuery(text);
      known.set(text, query);
    }
    const result = query.instant(storage, atMs, options);
    if (result.type === "scalar") return [{ labels: {}, value: result.value }];
    if (result.type !== "vector") throw new Error("rule result is not a vector or scalar");
    return result.samples.map(({ labels, value }) => ({
      labels,
      value: typeof value === "number" ? value : { toString: () => histogramText(value) },
    }));
  };
}
