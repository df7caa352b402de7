/** Targets in ZooKeeper. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#serverset_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, list, text } from "../field.ts";
import { objectOf } from "../object-schema.ts";

const path = text.refine((value) => value.startsWith("/"), {
  error: ({ input }) => `${JSON.stringify(input)} must begin with "/"`,
});

/** Serversets, as Finagle and Aurora write them. */
export interface ServersetSpec {
  /** The addresses of the servers, `host:port`. */
  readonly servers: readonly string[];
  /** Where they are: each begins with `/`. */
  readonly paths: readonly string[];
  /** How long ZooKeeper may be silent. Default: `"10s"`. */
  readonly timeout?: DurationText;
}

/** Services of AirBnB's Nerve. */
export interface NerveSpec {
  /** The addresses of the servers, `host:port`. */
  readonly servers: readonly string[];
  /** Where they are: each begins with `/`. */
  readonly paths: readonly string[];
  /** How long ZooKeeper may be silent. Default: `"10s"`. */
  readonly timeout?: DurationText;
}

export const serversetSchema = objectOf<ServersetSpec>({
  servers: list(text),
  paths: list(path),
  timeout: duration.optional(),
});

export const nerveSchema = objectOf<NerveSpec>({
  servers: list(text),
  paths: list(path),
  timeout: duration.optional(),
});
