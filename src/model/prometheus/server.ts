/** What Prometheus does itself: storage, memory, traces, what it receives by OTLP. https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
import { z } from "zod";
import { type DurationText, parseDuration } from "../../quantity/duration.ts";
import type { Size } from "../../quantity/quantity.ts";
import { anyText, duration, flag, list, mapOf, oneOf, text, whole } from "../scrape/field.ts";
import { size } from "../scrape/limits.ts";
import { checkedBy, looksSecret, objectOf, secretWithoutFile } from "../scrape/object-schema.ts";
import { type TlsSpec, tlsSchema } from "../scrape/tls.ts";

/** How samples are stored. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tsdb */
export interface StorageSpec {
  readonly tsdb?: {
    /** How much older than a series' newest sample another may be. Default: not at all. */
    readonly outOfOrderTimeWindow?: DurationText;
    /** From which share of stale series on the head is compacted early, 0 to 1. */
    readonly staleSeriesCompactionThreshold?: number;
    /** How floats are encoded. */
    readonly chunkEncoding?: { readonly floats?: "xor" | "xor2" };
    /** When samples are deleted: whatever is reached first. */
    readonly retention?: {
      readonly time?: DurationText;
      /** In bytes, or as `"50GiB"`. */
      readonly size?: number | Size;
      /** The share of the disk, 0 to 100. */
      readonly percentage?: number;
    };
  };
  /** How many exemplars are kept in memory. Default: 100,000; none with 0. */
  readonly exemplars?: { readonly maxExemplars?: number };
}

/** Go's runtime. */
export interface RuntimeSpec {
  /** The garbage collector's percentage. Default: 75. */
  readonly gogc?: number;
}

/** Where traces of Prometheus itself go. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#tracing_config */
export interface PrometheusTracingSpec {
  /** Default: `"grpc"`. */
  readonly clientType?: "grpc" | "http";
  /** `host:port`. */
  readonly endpoint: string;
  /** Which share is kept, 0 to 1. Default: 0. */
  readonly samplingFraction?: number;
  readonly insecure?: boolean;
  readonly tls?: TlsSpec;
  /** Values of headers stand in the open: none may be a secret. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly compression?: "gzip";
  readonly timeout?: DurationText;
}

/** What becomes of OpenTelemetry's metrics. https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
export interface OtlpSpec {
  readonly promoteAllResourceAttributes?: boolean;
  readonly promoteResourceAttributes?: readonly string[];
  /** Needs {@link promoteAllResourceAttributes}. */
  readonly ignoreResourceAttributes?: readonly string[];
  /** Default: `"UnderscoreEscapingWithSuffixes"`. */
  readonly translationStrategy?:
    | "UnderscoreEscapingWithSuffixes"
    | "UnderscoreEscapingWithoutSuffixes"
    | "NoUTF8EscapingWithSuffixes"
    | "NoTranslation";
  readonly keepIdentifyingResourceAttributes?: boolean;
  readonly convertHistogramsToNhcb?: boolean;
  readonly promoteScopeMetadata?: boolean;
  /** Default: `true`. */
  readonly labelNameUnderscoreSanitization?: boolean;
  /** Default: `true`. */
  readonly labelNamePreserveMultipleUnderscores?: boolean;
}

const between = (least: number, most: number) =>
  z.number().refine((value) => value >= least && value <= most, {
    error: ({ input }) => `${input} is not between ${least} and ${most}`,
  });

const orNone = checkedBy<DurationText>((value) =>
  typeof value === "string" && parseDuration(value) !== undefined
    ? []
    : [`${JSON.stringify(value)} is not a duration: write it like "30m" or "15d"`],
);

type Tsdb = NonNullable<StorageSpec["tsdb"]>;

const retentionSchema = objectOf<NonNullable<Tsdb["retention"]>>({
  time: orNone.optional(),
  size: size.optional(),
  percentage: between(0, 100).optional(),
});

export const storageSchema = objectOf<StorageSpec>({
  tsdb: objectOf<Tsdb>({
    outOfOrderTimeWindow: orNone.optional(),
    staleSeriesCompactionThreshold: between(0, 1).optional(),
    chunkEncoding: objectOf<NonNullable<Tsdb["chunkEncoding"]>>({ floats: oneOf("xor", "xor2").optional() }).optional(),
    retention: retentionSchema.optional(),
  }).optional(),
  exemplars: objectOf<NonNullable<StorageSpec["exemplars"]>>({ maxExemplars: whole(0).optional() }).optional(),
});

export const runtimeSchema = objectOf<RuntimeSpec>({ gogc: whole(1).optional() });

const openHeader = anyText.refine((name) => !looksSecret(name) && name.toLowerCase() !== "authorization", {
  error: secretWithoutFile("let a collector beside Prometheus add it"),
});

export const prometheusTracingSchema = objectOf<PrometheusTracingSpec>({
  clientType: oneOf("grpc", "http").optional(),
  endpoint: text,
  samplingFraction: between(0, 1).optional(),
  insecure: flag.optional(),
  tls: tlsSchema.optional(),
  headers: mapOf(openHeader, anyText).optional(),
  compression: oneOf("gzip").optional(),
  timeout: duration.optional(),
});

const attributes = list(text).refine((names) => new Set(names).size === names.length, {
  error: "an attribute stands twice",
});

export const otlpSchema = objectOf<OtlpSpec>(
  {
    promoteAllResourceAttributes: flag.optional(),
    promoteResourceAttributes: attributes.optional(),
    ignoreResourceAttributes: attributes.optional(),
    translationStrategy: oneOf(
      "UnderscoreEscapingWithSuffixes",
      "UnderscoreEscapingWithoutSuffixes",
      "NoUTF8EscapingWithSuffixes",
      "NoTranslation",
    ).optional(),
    keepIdentifyingResourceAttributes: flag.optional(),
    convertHistogramsToNhcb: flag.optional(),
    promoteScopeMetadata: flag.optional(),
    labelNameUnderscoreSanitization: flag.optional(),
    labelNamePreserveMultipleUnderscores: flag.optional(),
  },
  {
    rules: [
      {
        fields: ["promoteAllResourceAttributes", "promoteResourceAttributes", "ignoreResourceAttributes"],
        check({ promoteAllResourceAttributes: all, promoteResourceAttributes, ignoreResourceAttributes }, report) {
          if (all === true && promoteResourceAttributes !== undefined) {
            report("all attributes are promoted already: list none", "promoteResourceAttributes");
          }
          if (all !== true && ignoreResourceAttributes !== undefined) {
            report("needs promoteAllResourceAttributes: true", "ignoreResourceAttributes");
          }
        },
      },
    ],
  },
);
