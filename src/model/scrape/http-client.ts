/** How Prometheus and Alertmanager speak HTTP. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config */
import type { z } from "zod";
import { anyText, filePath, flag, list, mapOf, text } from "./field.ts";
import { type OAuth2Spec, oauth2Schema } from "./oauth2.ts";
import {
  atMostOne,
  looksSecret,
  type ObjectOptions,
  type ObjectSchema,
  objectOf,
  type Rule,
  type Shape,
  secretIn,
} from "./object-schema.ts";
import { type ProxySpec, proxyInstead, proxyRules, proxyShape } from "./proxy.ts";
import { type TlsSpec, tlsSchema } from "./tls.ts";

/** HTTP basic authentication: the name in the open, the password in a file. */
export interface BasicAuthSpec {
  readonly username?: string;
  /** The file with the user's name. */
  readonly usernameFile?: string;
  /** The file with the password. */
  readonly passwordFile?: string;
}

/** The header `Authorization`. */
export interface AuthorizationSpec {
  /** The scheme of authentication. Default: `"Bearer"`. */
  readonly type?: string;
  /** The file with the credentials. Without, only the scheme is sent. */
  readonly credentialsFile?: string;
}

/** The values of a header: in the open, or each in a file. */
export interface HeaderSpec {
  readonly values?: readonly string[];
  readonly files?: readonly string[];
}

/** How a server speaks HTTP: with a target, the source of a discovery, or a receiver of notifications. */
export interface HttpClientSpec extends ProxySpec {
  readonly basicAuth?: BasicAuthSpec;
  readonly authorization?: AuthorizationSpec;
  readonly oauth2?: OAuth2Spec;
  readonly tls?: TlsSpec;
  /** Whether to follow redirects. Default: `true`. */
  readonly followRedirects?: boolean;
  /** Whether to speak HTTP/2 where the other side does. Default: `true`. */
  readonly enableHttp2?: boolean;
  /** Headers to send with each request, by name. Those that Prometheus sets itself are refused. */
  readonly headers?: Readonly<Record<string, HeaderSpec>>;
}

/** Headers that Prometheus sets itself, in lower case. https://github.com/prometheus/common/blob/main/config/headers.go */
const RESERVED = new Set(
  `authorization host content-encoding content-length content-type user-agent connection keep-alive proxy-authenticate
   proxy-authorization www-authenticate accept-encoding x-prometheus-remote-write-version x-prometheus-remote-read-version
   x-prometheus-scrape-timeout-seconds x-amz-date x-amz-security-token x-amz-content-sha256`.split(/\s+/),
);

const headerName = anyText
  .refine((name) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name), {
    error: ({ input }) => `${JSON.stringify(input)} is not the name of a header`,
  })
  .refine((name) => !RESERVED.has(name.toLowerCase()), {
    error: ({ input }) => `Prometheus sets the header ${input} itself. To authenticate use authorization or basicAuth`,
  });

const headerSchema = objectOf<HeaderSpec>(
  {
    values: list(
      anyText.refine((value) => !/[\r\n\0]/.test(value), { error: "a header's value is one line" }),
    ).optional(),
    files: list(filePath).optional(),
  },
  { instead: { secrets: secretIn("files") } },
);

const basicAuthSchema = objectOf<BasicAuthSpec>(
  { username: text.optional(), usernameFile: filePath.optional(), passwordFile: filePath.optional() },
  { instead: { password: secretIn("passwordFile") }, rules: [atMostOne<BasicAuthSpec>("username", "usernameFile")] },
);

const authorizationSchema = objectOf<AuthorizationSpec>(
  {
    type: text
      .refine((type) => type.trim().toLowerCase() !== "basic", { error: "for basic authentication use basicAuth" })
      .optional(),
    credentialsFile: filePath.optional(),
  },
  {
    instead: { credentials: secretIn("credentialsFile") },
    rules: [
      {
        fields: ["type", "credentialsFile"],
        check({ type, credentialsFile }, report) {
          if (type === undefined && credentialsFile === undefined)
            report("credentialsFile is missing", "credentialsFile");
        },
      },
    ],
  },
);

/** Headers to send, by name. */
export const headersSchema: z.ZodType<Readonly<Record<string, HeaderSpec>>> = mapOf(headerName, headerSchema);

const httpClientShape: Shape<HttpClientSpec> = {
  basicAuth: basicAuthSchema.optional(),
  authorization: authorizationSchema.optional(),
  oauth2: oauth2Schema.optional(),
  tls: tlsSchema.optional(),
  followRedirects: flag.optional(),
  enableHttp2: flag.optional(),
  ...proxyShape,
  headers: headersSchema.optional(),
};

const httpClientInstead: Readonly<Record<string, string>> = {
  ...proxyInstead,
  bearerToken: secretIn("authorization with credentialsFile"),
  bearerTokenFile: "bearer_token_file is written authorization: { credentialsFile } here",
  tlsConfig: "tls_config is written tls here",
  httpHeaders: "http_headers is written headers here",
};

const httpClientRules: readonly Rule<HttpClientSpec>[] = [
  ...proxyRules,
  atMostOne<HttpClientSpec>("basicAuth", "authorization", "oauth2"),
  {
    fields: ["headers"],
    check({ headers = {} }, report) {
      for (const [name, { values }] of Object.entries(headers)) {
        if (values !== undefined && looksSecret(name)) report(secretIn("files"), "headers", name, "values");
      }
    },
  },
];

/** The schema of an object that also holds the settings of an HTTP client, which Prometheus writes after its own. */
export function httpObjectOf<T extends HttpClientSpec>(
  shape: Shape<Omit<T, keyof HttpClientSpec>>,
  { instead, rules = [] }: ObjectOptions<T> = {},
): ObjectSchema<T> {
  return objectOf<T>({ ...shape, ...httpClientShape } as unknown as Shape<T>, {
    instead: { ...httpClientInstead, ...instead },
    rules: [...(httpClientRules as readonly Rule<T>[]), ...rules],
  });
}

/** The settings of an HTTP client by name, for rules that speak of all of them. */
export const HTTP_CLIENT_FIELDS = Object.keys(httpClientShape) as readonly (keyof HttpClientSpec)[];

/** The settings of an HTTP client that stand by themselves, as `http` of a receiver. */
export const httpClientSchema: ObjectSchema<HttpClientSpec> = httpObjectOf<HttpClientSpec>({});
