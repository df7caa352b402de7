/** Alertmanagers that have to be found. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#alertmanager_config */
import type { DurationText } from "../../quantity/duration.ts";
import { type Discovery, discoverySchema } from "../scrape/discovery/discovery.ts";
import { duration, oneOf, text } from "../scrape/field.ts";
import { type HttpClientSpec, httpObjectOf } from "../scrape/http-client.ts";
import type { Rule } from "../scrape/object-schema.ts";
import { type RelabelStep, relabelSchema, reportRelabeling } from "../scrape/relabeling.ts";
import { type Sigv4Spec, sigv4Schema } from "../scrape/sigv4.ts";

/** How Prometheus finds Alertmanagers, and speaks with those it found. */
export interface AlertmanagersSpec extends HttpClientSpec {
  readonly discovery: Discovery | readonly Discovery[];
  /** Default: `"http"`. */
  readonly scheme?: "http" | "https";
  /** What stands before Alertmanager's own paths. */
  readonly pathPrefix?: string;
  /** How long a request may take. Default: `"10s"`. */
  readonly timeout?: DurationText;
  readonly sigv4?: Sigv4Spec;
  /** What is done with the Alertmanagers that were found, in order. */
  readonly relabel?: readonly RelabelStep[];
  /** What is done with alerts before these Alertmanagers are told, in order. */
  readonly alertRelabel?: readonly RelabelStep[];
}

const rules: readonly Rule<AlertmanagersSpec>[] = [
  {
    fields: [],
    check(spec, report) {
      const other = (["basicAuth", "authorization", "oauth2"] as const).find((field) => spec[field] !== undefined);
      if (spec.sigv4 !== undefined && other !== undefined) report(`give ${other} or sigv4, not both`, "sigv4");
    },
  },
  ...(["relabel", "alertRelabel"] as const).map(
    (field): Rule<AlertmanagersSpec> => ({
      fields: [field],
      check: (spec, report) =>
        reportRelabeling(spec[field] ?? [], "utf8", (message, ...path) => report(message, field, ...path)),
    }),
  ),
];

export const alertmanagersSchema = httpObjectOf<AlertmanagersSpec>(
  {
    discovery: discoverySchema,
    scheme: oneOf("http", "https").optional(),
    pathPrefix: text.optional(),
    timeout: duration.optional(),
    sigv4: sigv4Schema.optional(),
    relabel: relabelSchema.optional(),
    alertRelabel: relabelSchema.optional(),
  },
  {
    instead: {
      relabelConfigs: "relabel_configs is written relabel here",
      alertRelabelConfigs: "alert_relabel_configs is written alertRelabel here",
    },
    rules,
  },
);
