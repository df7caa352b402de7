/** How a server reaches another over HTTP: the same in Prometheus's and Alertmanager's files. */
import { type HttpClientSpec, httpClientSchema } from "../model/scrape/http-client.ts";
import type { YamlValue } from "../yaml/print.ts";
import { bySchema } from "./by-schema.ts";

/** `http_config` of Alertmanager; in Prometheus's files the same stands among the settings of what connects. */
export function httpConfig(http: HttpClientSpec): { readonly [key: string]: YamlValue } {
  return bySchema(httpClientSchema, http) as { readonly [key: string]: YamlValue };
}
