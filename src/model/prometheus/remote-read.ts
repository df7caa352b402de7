/** Samples that queries read from other storage, too. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_read */
import type { LabelSet } from "../../label/label-set.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { duration, flag, labels, text, webUrl, whole } from "../scrape/field.ts";
import { type HttpClientSpec, httpObjectOf } from "../scrape/http-client.ts";

/** Where else queries read from, and how. */
export interface RemoteReadSpec extends HttpClientSpec {
  readonly url: string;
  /** Names it in Prometheus's own metrics and logs. */
  readonly name?: string;
  /** How long a request may take. Default: `"1m"`. */
  readonly timeout?: DurationText;
  /** The most bytes of a part of a streamed answer. */
  readonly chunkedReadLimit?: number;
  /** Whether it is asked for times, too, that this Prometheus keeps in full itself. */
  readonly readRecent?: boolean;
  /** Only selectors with these labels ask it. */
  readonly requiredMatchers?: LabelSet;
  /** Whether it is asked for series with this server's external labels. Default: `true`. */
  readonly filterExternalLabels?: boolean;
}

export const remoteReadSchema = httpObjectOf<RemoteReadSpec>(
  {
    url: webUrl,
    name: text.optional(),
    timeout: duration.optional(),
    chunkedReadLimit: whole(0).optional(),
    readRecent: flag.optional(),
    requiredMatchers: labels.optional(),
    filterExternalLabels: flag.optional(),
  },
  { instead: { remoteTimeout: "remote_timeout is written timeout here" } },
);
