/** OAuth 2.0 of a client. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#oauth2 */
import { z } from "zod";
import { anyText, filePath, list, mapOf, oneOf, text, webUrl } from "./field.ts";
import { looksSecret, objectOf, secretIn } from "./object-schema.ts";
import { type ProxySpec, proxyInstead, proxyRules, proxyShape } from "./proxy.ts";
import { type TlsSpec, tlsSchema } from "./tls.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** How a client gets its access token. */
export interface OAuth2Spec extends ProxySpec {
  readonly clientId: string;
  /** The file with the client's secret, for the grant type `client_credentials`. */
  readonly clientSecretFile?: string;
  /** The id of the key that signs, for the grant type JWT bearer. */
  readonly clientCertificateKeyId?: string;
  /** The file with the private key that signs, for the grant type JWT bearer. */
  readonly clientCertificateKeyFile?: string;
  /** Default: `"client_credentials"`. */
  readonly grantType?: "client_credentials" | typeof JWT_BEARER;
  /** How the token is signed, for the grant type JWT bearer. Default: `"RS256"`. */
  readonly signatureAlgorithm?: "RS256" | "RS384" | "RS512";
  /** The issuer, for the grant type JWT bearer. Default: the client's id. */
  readonly iss?: string;
  /** For whom the token is, for the grant type JWT bearer. Default: the URL of the token. */
  readonly audience?: string;
  /** Claims to add to the token, for the grant type JWT bearer. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly scopes?: readonly string[];
  /** Where the token is fetched. */
  readonly tokenUrl: string;
  /** Parameters to add to the URL of the token. */
  readonly endpointParams?: Readonly<Record<string, string>>;
  readonly tls?: TlsSpec;
}

const harmlessName = anyText.refine((name) => !looksSecret(name), { error: secretIn("clientSecretFile") });

export const oauth2Schema: z.ZodType<OAuth2Spec> = objectOf<OAuth2Spec>(
  {
    clientId: text,
    clientSecretFile: filePath.optional(),
    clientCertificateKeyId: text.optional(),
    clientCertificateKeyFile: filePath.optional(),
    grantType: oneOf("client_credentials", JWT_BEARER).optional(),
    signatureAlgorithm: oneOf("RS256", "RS384", "RS512").optional(),
    iss: text.optional(),
    audience: text.optional(),
    claims: mapOf(harmlessName, z.unknown()).optional(),
    scopes: list(text).optional(),
    tokenUrl: webUrl,
    endpointParams: mapOf(harmlessName, anyText).optional(),
    tls: tlsSchema.optional(),
    ...proxyShape,
  },
  {
    instead: {
      ...proxyInstead,
      clientSecret: secretIn("clientSecretFile"),
      clientCertificateKey: secretIn("clientCertificateKeyFile"),
      tlsConfig: "tls_config is written tls here",
    },
    rules: proxyRules,
  },
);
