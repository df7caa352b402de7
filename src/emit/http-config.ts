/** How a server reaches another over HTTP: the same in Prometheus's and Alertmanager's files. */
import type { HttpSpec, TlsSpec } from "../model/receiver/receiver.ts";
import type { YamlValue } from "../yaml/print.ts";

type Mapping = { readonly [key: string]: YamlValue };

export function httpConfig({ authorization, basicAuth, proxyUrl, followRedirects, tls }: HttpSpec): Mapping {
  return {
    authorization: authorization && { type: authorization.type, credentials_file: authorization.credentialsFile },
    basic_auth: basicAuth && { username: basicAuth.username, password_file: basicAuth.passwordFile },
    proxy_url: proxyUrl,
    follow_redirects: followRedirects,
    tls_config: tls && tlsConfig(tls),
  };
}

export function tlsConfig(tls: TlsSpec): Mapping {
  return {
    ca_file: tls.caFile,
    cert_file: tls.certFile,
    key_file: tls.keyFile,
    server_name: tls.serverName,
    insecure_skip_verify: tls.insecureSkipVerify,
  };
}
