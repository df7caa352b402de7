/** How much a scrape may bring. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config */
import { z } from "zod";
import { type Size, toNumber } from "../../quantity/quantity.ts";
import { whole } from "./field.ts";
import { checkedBy, objectOf } from "./object-schema.ts";

/** How much a scrape may bring: beyond, the whole scrape fails. Default of each: the server's, or no limit. */
export interface ScrapeLimits {
  /** The size of an uncompressed answer, in bytes or as `"50MiB"`. */
  readonly bodySize?: number | Size;
  /** Samples of a scrape, after relabelling. */
  readonly samples?: number;
  /** Targets of the job, after relabelling. */
  readonly targets?: number;
  /** Labels of a sample, after relabelling. */
  readonly labels?: number;
  /** The length of a label's name, in bytes. */
  readonly labelNameLength?: number;
  /** The length of a label's value, in bytes. */
  readonly labelValueLength?: number;
  /** Buckets of a native histogram: more are merged. */
  readonly nativeHistogramBuckets?: number;
  /** The least growth from one bucket of a native histogram to the next: those that grow less are merged. */
  readonly nativeHistogramMinBucketFactor?: number;
  /** How many of the targets that relabelling dropped are kept in memory to be shown. */
  readonly keepDroppedTargets?: number;
}

/** A size in bytes, or with a unit. */
export const size = checkedBy<number | Size>((value) =>
  value === 0 || bytesOf(value) !== undefined
    ? []
    : [`${JSON.stringify(value)} is not a size: give bytes, or write it like "50MiB"`],
);

/** The number of bytes of a size, or `undefined` where it is none. */
export function bytesOf(value: unknown): number | undefined {
  if (typeof value === "string" && !/^[\d.]+[kKMGT]?i?B$/.test(value)) return undefined;
  const bytes = typeof value === "number" || typeof value === "string" ? toNumber(value as Size) : undefined;
  return Number.isSafeInteger(bytes) && (bytes ?? 0) > 0 ? bytes : undefined;
}

export const limitsSchema = objectOf<ScrapeLimits>({
  bodySize: size.optional(),
  samples: whole(0).optional(),
  targets: whole(0).optional(),
  labels: whole(0).optional(),
  labelNameLength: whole(0).optional(),
  labelValueLength: whole(0).optional(),
  nativeHistogramBuckets: whole(0).optional(),
  nativeHistogramMinBucketFactor: z.number().nonnegative({ error: "must not be negative" }).optional(),
  keepDroppedTargets: whole(0).optional(),
});
