/** Texts that only credentials look like: whatever the schemas let through, these are refused. */

/** Shapes that only credentials have, with their sources. */
const SHAPES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  // https://api.slack.com/messaging/webhooks
  { what: "the address of a Slack webhook", pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/\w/i },
  // https://api.slack.com/concepts/token-types
  { what: "a Slack token", pattern: /\bx(?:ox[abceoprs]|app)-[\w-]{10,}/ },
  {
    what: "an address of a Discord webhook",
    pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/\w/i,
  },
  { what: "an address of a Teams webhook", pattern: /https:\/\/[\w.-]+\.webhook\.office\.com\/\w/i },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
  { what: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/ },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  { what: "a GitLab token", pattern: /\bgl(?:pat|rt|ptt|dt|ft|soat|cbt)-[\w-]{20,}/ },
  // https://grafana.com/docs/grafana/latest/administration/service-accounts/
  { what: "a Grafana token", pattern: /\bgl(?:sa|c)_[A-Za-z0-9+/_]{32,}/ },
  // https://docs.cloud.google.com/docs/authentication/api-keys
  { what: "a Google API key", pattern: /\bAIza[\w-]{35}/ },
  { what: "a Stripe key", pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: "a Telegram bot's token", pattern: /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/ },
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { what: "a JSON web token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  // https://www.rfc-editor.org/rfc/rfc6750#section-2.1; a digit tells a token from prose.
  { what: "an Authorization header", pattern: /\b(?:Bearer|Basic)\s+(?=[^\s\d]*\d)[A-Za-z0-9._~+/-]{16,}=*/i },
  { what: "an address with a password", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i },
  {
    what: "an address with a token in its query",
    // What is still to be filled in is no token: a template's action, a dashboard's variable, a placeholder.
    pattern:
      /:\/\/[^\s?#]+\?(?:[^\s#]*&)?(?:(?:access|api|auth|bearer|client|private|refresh)[-_]?)*(?:token|apikey|api[-_]key|password|passwd|secret)=[^&#\s{}$<>[\]]/i,
  },
];

/** The shortest text that any of the shapes fits. */
const SHORTEST = 12;
const ANY = new RegExp(SHAPES.map(({ pattern }) => pattern.source).join("|"), "i");

/** What kind of secret a text looks like, or `undefined`. */
export function secretIn(text: string): string | undefined {
  if (text.length < SHORTEST || !ANY.test(text)) return undefined;
  return SHAPES.find(({ pattern }) => pattern.test(text))?.what;
}
