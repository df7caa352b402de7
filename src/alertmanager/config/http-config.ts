/** `http_config`, as prometheus/common reads it. https://prometheus.io/docs/alerting/latest/configuration/#http_config */
import {
  anything,
  bool,
  list,
  mapOf,
  optional,
  otherwise,
  type Reading,
  type Struct,
  struct,
  text,
} from "../../yaml/shape.ts";
import { atLeastOne, atMostOne, invalid } from "./checks.ts";
import { tlsConfig } from "./tls-config.ts";
import { anyUrl, secret } from "./value/shapes.ts";

const basicAuth = struct("basic_auth", {
  username: text,
  username_file: text,
  username_ref: text,
  password: secret,
  password_file: text,
  password_ref: text,
});

const authorization = struct("authorization", {
  type: text,
  credentials: secret,
  credentials_file: text,
  credentials_ref: text,
});

const proxy = {
  proxy_url: optional(anyUrl),
  no_proxy: text,
  proxy_from_environment: bool,
  proxy_connect_header: mapOf(list(secret)),
};

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

const oauth2 = struct(
  "oauth2",
  {
    client_id: text,
    client_secret: secret,
    client_secret_file: text,
    client_secret_ref: text,
    client_certificate_key_id: text,
    client_certificate_key: secret,
    client_certificate_key_file: text,
    client_certificate_key_ref: text,
    grant_type: text,
    signature_algorithm: text,
    iss: text,
    audience: text,
    claims: mapOf(anything),
    scopes: list(text),
    token_url: text,
    endpoint_params: mapOf(text),
    tls_config: tlsConfig,
    ...proxy,
  },
  checkProxy,
);

const header = struct("http_headers", { values: list(text), secrets: list(secret), files: list(text) });

/** Headers that a client sets itself. */
const RESERVED = new Set(
  `Authorization Host Content-Encoding Content-Length Content-Type User-Agent Connection Keep-Alive Proxy-Authenticate
  Proxy-Authorization Www-Authenticate Accept-Encoding X-Prometheus-Remote-Write-Version X-Prometheus-Remote-Read-Version
  X-Prometheus-Scrape-Timeout-Seconds X-Amz-Date X-Amz-Security-Token X-Amz-Content-Sha256`.split(/\s+/),
);

/** `http_headers` by name, without a look at the names. */
export const headers = mapOf(header);

const fields = {
  basic_auth: optional(basicAuth),
  authorization: optional(authorization),
  oauth2: optional(oauth2),
  bearer_token: secret,
  bearer_token_file: text,
  tls_config: tlsConfig,
  follow_redirects: otherwise(bool, true),
  enable_http2: otherwise(bool, true),
  ...proxy,
  http_headers: optional(headers),
};

export type HttpConfig = Struct<typeof fields>;

export const httpConfig = struct("http_config", fields, (config, reading): HttpConfig => {
  checkAuthentication(config, reading);
  checkOauth2(config, reading);
  checkProxy(config, reading);
  for (const name of Object.keys(config.http_headers ?? {}))
    if (RESERVED.has(canonicalHeader(name)))
      invalid(
        reading,
        config.http_headers ?? config,
        name,
        `The header ${JSON.stringify(canonicalHeader(name))} cannot be set.`,
      );
  return withAuthorization(config);
});

/** What an `http_config` that nobody wrote says. */
export const DEFAULT_HTTP_CONFIG: HttpConfig = { ...httpConfig.zero, follow_redirects: true, enable_http2: true };

// bearer_token is the older way to write authorization.
function withAuthorization(config: HttpConfig): HttpConfig {
  const { authorization: found, bearer_token: credentials, bearer_token_file: credentials_file } = config;
  if (found !== undefined) return { ...config, authorization: { ...found, type: found.type.trim() || "Bearer" } };
  if (credentials === "" && credentials_file === "") return config;
  return { ...config, authorization: { type: "Bearer", credentials, credentials_file, credentials_ref: "" } };
}

function checkAuthentication(config: HttpConfig, reading: Reading): void {
  const { basic_auth, authorization: found } = config;
  atMostOne(reading, config, ["bearer_token", "bearer_token_file"]);
  const bearer = ["bearer_token", "bearer_token_file"].find((field) => reading.given(config, field));
  const ways = ["basic_auth", "authorization", "oauth2"].filter((field) => reading.given(config, field));
  if (ways.length + (bearer === undefined ? 0 : 1) > 1)
    atMostOne(reading, config, [...ways, ...(bearer === undefined ? [] : [bearer])]);
  if (basic_auth !== undefined) {
    atMostOne(reading, basic_auth, ["username", "username_file", "username_ref"], "basic_auth ");
    atMostOne(reading, basic_auth, ["password", "password_file", "password_ref"], "basic_auth ");
  }
  if (found === undefined) return;
  atMostOne(reading, found, ["credentials", "credentials_file", "credentials_ref"], "authorization ");
  if (found.type.trim().toLowerCase() === "basic")
    invalid(reading, found, "type", 'authorization type cannot be set to "basic".', 'Use "basic_auth" instead.');
}

function checkOauth2({ oauth2: found }: HttpConfig, reading: Reading): void {
  if (found === undefined) return;
  atLeastOne(reading, found, ["client_id"], "oauth2");
  atLeastOne(reading, found, ["token_url"], "oauth2");
  if (found.grant_type !== JWT_BEARER) {
    atMostOne(reading, found, ["client_secret", "client_secret_file", "client_secret_ref"], "oauth2 ");
    return;
  }
  const key = ["client_certificate_key", "client_certificate_key_file", "client_certificate_key_ref"];
  atMostOne(reading, found, key, "oauth2 ");
  if (!["", "RS256", "RS384", "RS512"].includes(found.signature_algorithm))
    invalid(reading, found, "signature_algorithm", "Valid signature algorithms are RS256, RS384 and RS512.");
}

interface Proxy {
  readonly proxy_url: string | undefined;
  readonly no_proxy: string;
  readonly proxy_from_environment: boolean;
  readonly proxy_connect_header: object;
}

// The proxies of http_config and of its oauth2 follow the same rules.
function checkProxy(config: Proxy, reading: Reading): undefined {
  const url = reading.given(config, "proxy_url");
  if (Object.keys(config.proxy_connect_header).length > 0 && !config.proxy_from_environment && !url)
    invalid(reading, config, "proxy_connect_header", "proxy_connect_header needs proxy_url or proxy_from_environment.");
  if (!config.proxy_from_environment) {
    if (config.proxy_url === undefined && config.no_proxy !== "" && !url)
      invalid(reading, config, "no_proxy", "no_proxy needs proxy_url.");
    return;
  }
  for (const field of ["proxy_url", "no_proxy"])
    if (reading.given(config, field))
      invalid(reading, config, field, `${field} must not be configured together with proxy_from_environment.`);
}

/** A header's name as Go writes it: `www-authenticate` is `Www-Authenticate`. */
export function canonicalHeader(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name;
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}
