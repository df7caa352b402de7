/** Samples sent on to other storage. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write */
import type { DurationText } from "../../quantity/duration.ts";
import { parseDuration } from "../../quantity/duration.ts";
import { duration, filePath, flag, oneOf, text, webUrl, whole } from "../scrape/field.ts";
import { type HttpClientSpec, httpObjectOf } from "../scrape/http-client.ts";
import { objectOf, type Rule } from "../scrape/object-schema.ts";
import { type RelabelStep, relabelSchema, reportRelabeling } from "../scrape/relabeling.ts";
import { type Sigv4Spec, sigv4Schema } from "../scrape/sigv4.ts";
import { type AzureadSpec, azureadSchema } from "./azuread.ts";

/** Where samples are sent on to, and how. */
export interface RemoteWriteSpec extends HttpClientSpec {
  readonly url: string;
  /** Names it in Prometheus's own metrics and logs. */
  readonly name?: string;
  /** How long a request may take. Default: `"30s"`. */
  readonly timeout?: DurationText;
  /** What is done with series before they are sent, in order. */
  readonly relabel?: readonly RelabelStep[];
  readonly sendExemplars?: boolean;
  readonly sendNativeHistograms?: boolean;
  /** Whether each connection goes to an address of the host's name drawn at random. */
  readonly roundRobinDns?: boolean;
  /** The message of the protocol: of remote write 1.0, the default, or 2.0. */
  readonly protobufMessage?: "prometheus.WriteRequest" | "io.prometheus.write.v2.Request";
  readonly queue?: QueueSpec;
  readonly metadata?: MetadataSpec;
  readonly sigv4?: Sigv4Spec;
  readonly azuread?: AzureadSpec;
  readonly googleIam?: GoogleIamSpec;
}

/** Requests that Google's IAM lets through. */
export interface GoogleIamSpec {
  /** The file with a service account's credentials. Default: the server's identity. */
  readonly credentialsFile?: string;
}

/** How samples wait to be sent. */
export interface QueueSpec {
  /** Samples that each shard buffers. Default: 10,000. */
  readonly capacity?: number;
  /** Default: 50. */
  readonly maxShards?: number;
  /** Default: 1. */
  readonly minShards?: number;
  /** Default: 2,000. */
  readonly maxSamplesPerSend?: number;
  /** How long a sample waits for others, at most. Default: `"5s"`. */
  readonly batchSendDeadline?: DurationText;
  /** How long to wait after a failure; each time doubles it. Default: `"30ms"`. */
  readonly minBackoff?: DurationText;
  /** Default: `"5s"`. */
  readonly maxBackoff?: DurationText;
  /** Whether to try again after an answer of 429. */
  readonly retryOnHttp429?: boolean;
  /** Older samples are dropped. Default: none is. */
  readonly sampleAgeLimit?: DurationText;
}

/** What is sent of metrics' types and help. */
export interface MetadataSpec {
  /** Default: `true`. */
  readonly send?: boolean;
  /** Default: `"1m"`. */
  readonly sendInterval?: DurationText;
  /** Default: 2,000. */
  readonly maxSamplesPerSend?: number;
}

const queueSchema = objectOf<QueueSpec>(
  {
    capacity: whole(1).optional(),
    maxShards: whole(1).optional(),
    minShards: whole(1).optional(),
    maxSamplesPerSend: whole(1).optional(),
    batchSendDeadline: duration.optional(),
    minBackoff: duration.optional(),
    maxBackoff: duration.optional(),
    retryOnHttp429: flag.optional(),
    sampleAgeLimit: duration.optional(),
  },
  {
    rules: [
      {
        fields: ["minShards", "maxShards"],
        check({ minShards = 1, maxShards = 50 }, report) {
          if (minShards > maxShards) report(`minShards ${minShards} is more than maxShards ${maxShards}`, "minShards");
        },
      },
      {
        fields: ["minBackoff", "maxBackoff"],
        check({ minBackoff = "30ms", maxBackoff = "5s" }, report) {
          if ((parseDuration(minBackoff) ?? 0) <= (parseDuration(maxBackoff) ?? 0)) return;
          report(`minBackoff ${minBackoff} is longer than maxBackoff ${maxBackoff}`, "minBackoff");
        },
      },
    ],
  },
);

const IDENTITIES = ["basicAuth", "authorization", "oauth2", "sigv4", "azuread", "googleIam"] as const;

const rules: readonly Rule<RemoteWriteSpec>[] = [
  {
    fields: [],
    check(spec, report) {
      const given = IDENTITIES.filter((field) => spec[field] !== undefined);
      // That two of any HTTP client's are too many, its own schema says.
      for (const field of given.slice(1).filter((field) => IDENTITIES.indexOf(field) > 2)) {
        report(`give ${given[0]} or ${field}, not both`, field);
      }
    },
  },
  {
    fields: ["relabel"],
    check: ({ relabel = [] }, report) =>
      reportRelabeling(relabel, "utf8", (message, ...path) => report(message, "relabel", ...path)),
  },
];

export const remoteWriteSchema = httpObjectOf<RemoteWriteSpec>(
  {
    url: webUrl,
    name: text.optional(),
    timeout: duration.optional(),
    relabel: relabelSchema.optional(),
    sendExemplars: flag.optional(),
    sendNativeHistograms: flag.optional(),
    roundRobinDns: flag.optional(),
    protobufMessage: oneOf("prometheus.WriteRequest", "io.prometheus.write.v2.Request").optional(),
    queue: queueSchema.optional(),
    metadata: objectOf<MetadataSpec>({
      send: flag.optional(),
      sendInterval: duration.optional(),
      maxSamplesPerSend: whole(1).optional(),
    }).optional(),
    sigv4: sigv4Schema.optional(),
    azuread: azureadSchema.optional(),
    googleIam: objectOf<GoogleIamSpec>({ credentialsFile: filePath.optional() }).optional(),
  },
  {
    instead: {
      remoteTimeout: "remote_timeout is written timeout here",
      writeRelabelConfigs: "write_relabel_configs is written relabel here",
      queueConfig: "queue_config is written queue here",
      metadataConfig: "metadata_config is written metadata here",
    },
    rules,
  },
);
