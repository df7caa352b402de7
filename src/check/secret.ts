/** No secret in any text: whatever the schemas let through, what looks like a credential is refused. */
import { type Definition, isDefinition } from "../model/definition.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SourcedDiagnostic } from "../source/place.ts";

/** Shapes that only credentials have, with their sources. */
const SHAPES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  // https://api.slack.com/messaging/webhooks
  { what: "the address of a Slack webhook", pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/\w/ },
  // https://api.slack.com/concepts/token-types
  { what: "a Slack token", pattern: /\bxox[abeoprs]-[\w-]{10,}/ },
  {
    what: "an address of a Discord webhook",
    pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/\w/,
  },
  { what: "an address of a Teams webhook", pattern: /https:\/\/[\w.-]+\.webhook\.office\.com\/\w/ },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
  { what: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/ },
  { what: "a Telegram bot's token", pattern: /\b\d{8,10}:[A-Za-z0-9_-]{35}\b/ },
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { what: "a JSON web token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { what: "an address with a password", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/i },
];

/** Looks at every text of every definition. */
export function checkSecrets({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  return (Object.values(definitions).flat() as readonly Definition[]).flatMap(secretsOf);
}

const known = new WeakMap<Definition, readonly SourcedDiagnostic[]>();

function secretsOf(definition: Definition): readonly SourcedDiagnostic[] {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const found: SourcedDiagnostic[] = [];
  visit(definition.name, [0]);
  visit(definition.spec, [1]);
  visit(definition.options, [2]);
  known.set(definition, found);
  return found;

  function visit(value: unknown, path: readonly PropertyKey[]): void {
    if (typeof value === "string") {
      const shape = SHAPES.find(({ pattern }) => pattern.test(value));
      if (shape !== undefined) found.push(problem(definition, shape.what, path));
    } else if (
      typeof value === "object" &&
      value !== null &&
      !isDefinition(value) &&
      !("ast" in value) &&
      path.length < 12
    ) {
      for (const [key, member] of Object.entries(value))
        visit(member, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

function problem(definition: Definition, what: string, path: readonly PropertyKey[]): SourcedDiagnostic {
  return {
    code: "secret/literal",
    severity: "error",
    message: `${called(definition)}: this looks like ${what}, and a secret cannot stand in a monitors file`,
    help: "secrets are references only: put it into a file on the server, and name the file here; then replace the secret, since it has been written down",
    at: { origin: definition.origin, path },
  };
}
