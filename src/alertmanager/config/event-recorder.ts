/** `event_recorder`. https://prometheus.io/docs/alerting/latest/configuration/#event_recorder_config */
import { bool, integer, list, optional, type Reading, type Shaped, struct, text } from "../../yaml/shape.ts";
import { atLeastOne, invalid } from "./checks.ts";
import { httpConfig } from "./http-config.ts";
import { tlsConfig } from "./tls-config.ts";
import { duration, SECRET_TOKEN, secretUrl } from "./value/shapes.ts";

const fileOutput = struct("file output", { path: text }, (output, reading) => {
  atLeastOne(reading, output, ["path"], "A file output of event_recorder");
  return undefined;
});

const BATCH = ["batch_max_events", "batch_max_bytes", "batch_flush_interval"] as const;

const webhookOutput = struct(
  "webhook output",
  {
    url: optional(secretUrl),
    http_config: optional(httpConfig),
    timeout: duration,
    workers: integer,
    max_retries: integer,
    retry_backoff: duration,
    batch: bool,
    batch_max_events: integer,
    batch_max_bytes: integer,
    batch_flush_interval: duration,
  },
  (output, reading) => {
    atLeastOne(reading, output, ["url"], "A webhook output of event_recorder");
    if (output.url === SECRET_TOKEN)
      invalid(reading, output, "url", "A webhook output of event_recorder needs an absolute http or https URL.");
    for (const field of BATCH) {
      if (output[field] < 0) invalid(reading, output, field, `${field} cannot be negative.`);
      else if (output[field] !== 0 && !output.batch) invalid(reading, output, field, `${field} needs batch: true.`);
    }
    return undefined;
  },
);

const kafkaOutput = struct(
  "kafka output",
  {
    brokers: list(text),
    topic: text,
    client_id: text,
    format: text,
    acks: text,
    compression: text,
    buffer_size: integer,
    tls_config: optional(tlsConfig),
  },
  (output, reading) => {
    if (output.brokers.length === 0 && !reading.broken(output, "brokers"))
      invalid(
        reading,
        output,
        "brokers",
        "A kafka output needs at least one broker.",
        undefined,
        "alertmanager/missing",
      );
    if (output.brokers.includes("")) invalid(reading, output, "brokers", "A broker cannot be empty.");
    atLeastOne(reading, output, ["topic"], "A kafka output");
    oneOf(reading, output, "acks", ["none", "leader", "all"]);
    oneOf(reading, output, "compression", ["none", "gzip", "snappy", "lz4", "zstd"]);
    oneOf(reading, output, "format", ["json", "protobuf"]);
    return { ...output, format: output.format || "json" };
  },
);

function oneOf<F extends string>(
  reading: Reading,
  value: Readonly<Record<F, string>>,
  field: F,
  words: readonly string[],
): void {
  const found = value[field];
  if (found !== "" && !words.includes(found))
    invalid(
      reading,
      value,
      field,
      `${JSON.stringify(found)} is no ${field} of a kafka output.`,
      `Write one of ${words.join(", ")}.`,
    );
}

export type EventRecorderConfig = Shaped<typeof eventRecorderConfig>;

export const eventRecorderConfig = struct("event_recorder", {
  file_outputs: list(fileOutput),
  webhook_outputs: list(webhookOutput),
  kafka_outputs: list(kafkaOutput),
  stdout_outputs: list(struct("stdout output", {})),
});
