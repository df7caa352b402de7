/** The proxy of a client. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config */
import { flag, text, url } from "./field.ts";
import { type Rule, type Shape, secretWithoutFile } from "./object-schema.ts";

/**
 * Through which proxy a client connects.
 *
 * Prometheus's `proxy_connect_header` is left out: it holds secrets, and Prometheus 3.14 reads them from no file.
 */
export interface ProxySpec {
  /** The proxy's URL, without credentials. */
  readonly proxyUrl?: string;
  /** Hosts to be reached without the proxy, separated by commas: names, addresses, networks. */
  readonly noProxy?: string;
  /** Whether to take the proxy from the variables `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` of the server. Default: `false`. */
  readonly proxyFromEnvironment?: boolean;
}

export const proxyShape: Shape<ProxySpec> = {
  proxyUrl: url("http", "https", "socks5", "socks5h").optional(),
  noProxy: text.optional(),
  proxyFromEnvironment: flag.optional(),
};

export const proxyInstead = {
  proxyConnectHeader: secretWithoutFile("use a proxy that needs no header, or proxyFromEnvironment"),
};

export const proxyRules: readonly Rule<ProxySpec>[] = [
  {
    fields: [],
    check({ proxyUrl, noProxy, proxyFromEnvironment }, report) {
      if (proxyFromEnvironment === true) {
        if (proxyUrl !== undefined)
          report("proxyFromEnvironment takes the proxy from the server's environment", "proxyUrl");
        if (noProxy !== undefined)
          report("proxyFromEnvironment takes NO_PROXY from the server's environment", "noProxy");
      } else if (noProxy !== undefined && proxyUrl === undefined) {
        report("noProxy needs a proxyUrl to make exceptions from", "noProxy");
      }
    },
  },
];
