/** What an environment says of its Prometheus. https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
import { z } from "zod";
import type { DurationText } from "../../quantity/duration.ts";
import type { HttpSpec, TlsSpec } from "../receiver/receiver.ts";
import { hostPort, positiveDuration, staticLabels, webUrl } from "../schema.ts";
import { filePath, flag } from "../scrape/field.ts";
import { httpClientSchema } from "../scrape/http-client.ts";
import { choose } from "../scrape/object-schema.ts";
import { tlsSchema } from "../scrape/tls.ts";
import { type AlertmanagersSpec, alertmanagersSchema } from "./alertmanagers.ts";
import { type RemoteReadSpec, remoteReadSchema } from "./remote-read.ts";
import { type RemoteWriteSpec, remoteWriteSchema } from "./remote-write.ts";
import {
  type OtlpSpec,
  otlpSchema,
  type PrometheusTracingSpec,
  prometheusTracingSchema,
  type RuntimeSpec,
  runtimeSchema,
  type StorageSpec,
  storageSchema,
} from "./server.ts";

/** https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
export interface PrometheusSpec {
  /** Default: `"30s"`. */
  readonly scrapeInterval?: DurationText;
  readonly scrapeTimeout?: DurationText;
  /** Default: `"30s"`. */
  readonly evaluationInterval?: DurationText;
  /**
   * Labels that everything leaving this Prometheus carries. With several environments, `environment` is among them.
   * `${NAME}` stands for a variable of the server's own environment, such as its host's name; any other text for itself.
   */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** The address people reach this Prometheus at, for links. */
  readonly externalUrl?: string;
  /** Where alerts are sent: `host:port`, or how to find those that have to be found. */
  readonly alertmanagers?: readonly (string | AlertmanagersSpec)[];
  /** How the Alertmanagers that are given as `host:port` are spoken with. Default: `"http"`. */
  readonly alertmanagerScheme?: "http" | "https";
  readonly alertmanagerHttp?: HttpSpec;
  readonly alertmanagerTls?: TlsSpec;
  /** Files of rules on the server besides those that are built. `*` may stand in the last part: `"own/*.yml"`. */
  readonly ruleFiles?: readonly string[];
  /** Files of scrape configurations on the server besides the jobs that are built: where literal secrets may stand. */
  readonly scrapeConfigFiles?: readonly string[];
  /** The file on the server that queries are written to. */
  readonly queryLogFile?: string;
  /** The file on the server that failed scrapes are written to. */
  readonly scrapeFailureLogFile?: string;
  /** Whether native histograms are taken. */
  readonly scrapeNativeHistograms?: boolean;
  /** Where samples are sent on to. */
  readonly remoteWrite?: readonly RemoteWriteSpec[];
  /** Where else queries read from. */
  readonly remoteRead?: readonly RemoteReadSpec[];
  readonly storage?: StorageSpec;
  readonly tracing?: PrometheusTracingSpec;
  readonly otlp?: OtlpSpec;
  readonly runtime?: RuntimeSpec;
}

const pattern = filePath.refine((path) => /^[^*]*(\*[^/]*)?$/.test(path), {
  error: ({ input }) => `${JSON.stringify(input)} is no pattern of files: * may stand in the last part only`,
});

const alertmanager = choose<string | AlertmanagersSpec>((value) =>
  typeof value === "object" && value !== null ? alertmanagersSchema : hostPort,
);

/** A list whose items differ in their names, if they have any. */
function named<T extends { readonly name?: string }>(item: z.ZodType<T>) {
  return z.array(item).superRefine((items, context) => {
    items.forEach(({ name }, i) => {
      if (name === undefined || items.findIndex((other) => other.name === name) === i) return;
      context.addIssue({ code: "custom", message: `the name ${JSON.stringify(name)} stands twice`, path: [i, "name"] });
    });
  });
}

export const prometheusSchema = z.strictObject({
  scrapeInterval: positiveDuration.optional(),
  scrapeTimeout: positiveDuration.optional(),
  evaluationInterval: positiveDuration.optional(),
  externalLabels: staticLabels.optional(),
  externalUrl: webUrl.optional(),
  alertmanagers: z.array(alertmanager).optional(),
  alertmanagerScheme: z.enum(["http", "https"]).optional(),
  alertmanagerHttp: httpClientSchema.optional(),
  alertmanagerTls: tlsSchema.optional(),
  ruleFiles: z.array(pattern).optional(),
  scrapeConfigFiles: z.array(pattern).optional(),
  queryLogFile: filePath.optional(),
  scrapeFailureLogFile: filePath.optional(),
  scrapeNativeHistograms: flag.optional(),
  remoteWrite: named(remoteWriteSchema).optional(),
  remoteRead: named(remoteReadSchema).optional(),
  storage: storageSchema.optional(),
  tracing: prometheusTracingSchema.optional(),
  otlp: otlpSchema.optional(),
  runtime: runtimeSchema.optional(),
});
