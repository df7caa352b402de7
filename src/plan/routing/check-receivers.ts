/** Receivers that could tell nobody, because the place of their secret, or something else they need, is known nowhere. */
import type { ReceiverSpecs } from "../../model/receiver/kinds.ts";
import type { ReceiverKind, ReceiverSpec } from "../../model/receiver/receiver.ts";
import { called } from "../../model/validate.ts";
import type { SourcedDiagnostic } from "../../source/place.ts";
import type { AlertmanagerPlan, PlannedReceiver } from "../plan.ts";
import { hasAuthorization } from "./integrate.ts";

/** What each receiver of a plan lacks. `environment` is named where there are several. */
export function checkReceivers(
  { receivers }: AlertmanagerPlan,
  environment: string | undefined,
): readonly SourcedDiagnostic[] {
  const where = environment === undefined ? "" : ` in environment ${JSON.stringify(environment)}`;
  const integrations = receivers.flatMap(({ integrations }) => integrations);
  const each = new Map(integrations.map((one) => [one.definition, one])).values();
  return [
    ...namesakes(receivers),
    ...[...each].flatMap(({ definition, spec, inherited }) =>
      (NEEDS[definition.type] as readonly Need[])
        .filter(({ met }) => !met({ ...inherited, ...spec } as ReceiverSpec))
        .slice(0, 1)
        .map(
          ({ what, help }): SourcedDiagnostic => ({
            code: "receiver/no-secret",
            severity: "error",
            message: `${called(definition)} has no ${what}${where}`,
            help,
            at: { origin: definition.origin, path: [] },
          }),
        ),
    ),
  ];
}

/** Receivers whose names come out the same, which Alertmanager refuses. */
function namesakes(receivers: readonly PlannedReceiver[]): readonly SourcedDiagnostic[] {
  const first = new Map<string, PlannedReceiver>();
  return receivers.flatMap((one) => {
    const other = first.get(one.name);
    if (other === undefined) first.set(one.name, one);
    const [definition, otherDefinition] = [one.integrations[0]?.definition, other?.integrations[0]?.definition];
    if (definition === undefined || otherDefinition === undefined) return [];
    return [
      {
        code: "receiver/duplicate-name",
        severity: "error",
        message: `${called(definition)} and ${called(otherDefinition)} would both be told as ${JSON.stringify(one.name)}`,
        help: "give the routes that lead to them other names; or rename the team, service or severity",
        at: { origin: definition.origin, path: [] },
        related: [{ message: "the other one", at: { origin: otherDefinition.origin, path: [] } }],
      } satisfies SourcedDiagnostic,
    ];
  });
}

interface Need<K extends ReceiverKind = ReceiverKind> {
  readonly what: string;
  readonly help: string;
  readonly met: (spec: Partial<ReceiverSpecs[K]> & ReceiverSpec) => boolean;
}

/** A need for one of some properties; the first is the one to give. */
function need<K extends ReceiverKind>(
  what: string,
  properties: readonly (keyof ReceiverSpecs[K] & string)[],
  environment: string,
): Need<K> {
  return {
    what,
    help: `give ${properties[0]}, or alertmanager.${environment} in the environment`,
    met: (spec) => properties.some((property) => spec[property] !== undefined),
  };
}

const MAIL = "give from and smarthost, or alertmanager.smtp in the environment";

const webhookUrl: Need<"discord"> = need("place of its webhook's address", ["webhookUrlFile"], "secrets");

const NEEDS: { readonly [K in ReceiverKind]: readonly Need<K>[] } = {
  webhook: [],
  email: [
    { what: "sender", help: MAIL, met: ({ from }) => from !== undefined },
    { what: "mail server", help: MAIL, met: ({ smarthost }) => smarthost !== undefined },
  ],
  pagerduty: [need("place of its integration key", ["routingKeyFile", "serviceKeyFile"], "secrets")],
  opsgenie: [need("place of its API key", ["apiKeyFile"], "opsgenieApiKeyFile or .secrets")],
  wechat: [need("place of its secret", ["apiSecretFile"], "wechat or .secrets"), need("corpId", ["corpId"], "wechat")],
  slack: [
    {
      what: "place of its webhook's address",
      help: "give apiUrlFile, or alertmanager.slackApiUrlFile or .secrets in the environment",
      met: ({ apiUrlFile, appTokenFile, updateMessage }) => (apiUrlFile ?? appTokenFile ?? updateMessage) !== undefined,
    },
    {
      what: "place of its bot's token, which updateMessage takes",
      help: "give http.authorization.credentialsFile, or alertmanager.secrets in the environment",
      met: (spec) => spec.updateMessage !== true || spec.http?.authorization !== undefined,
    },
  ],
  victorops: [need("place of its API key", ["apiKeyFile"], "victoropsApiKeyFile or .secrets")],
  pushover: [
    need("place of its user's key", ["userKeyFile"], "secrets"),
    need("place of its application's token", ["tokenFile"], "secrets"),
  ],
  sns: [],
  telegram: [need("place of its bot's token", ["botTokenFile"], "telegramBotTokenFile or .secrets")],
  discord: [webhookUrl],
  webex: [
    {
      what: "place of its bot's token",
      help: "give http.authorization.credentialsFile, or alertmanager.secrets in the environment",
      met: ({ http }) => http?.authorization !== undefined,
    },
  ],
  msteams: [webhookUrl],
  msteamsv2: [webhookUrl],
  jira: [
    need("address of Jira", ["apiUrl"], "jiraApiUrl"),
    {
      what: "place of the secret of whoever writes its issues",
      help: "give http.basicAuth or http.authorization, or alertmanager.http or .secrets in the environment",
      met: hasAuthorization,
    },
  ],
  incidentio: [
    {
      what: "place of its alert source's token",
      help: "give alertSourceTokenFile, or alertmanager.secrets in the environment",
      met: ({ alertSourceTokenFile, http }) => (alertSourceTokenFile ?? http?.authorization) !== undefined,
    },
  ],
  rocketchat: [
    need("place of its token", ["tokenFile"], "rocketchatTokenFile or .secrets"),
    need("place of the id of its token's user", ["tokenIdFile"], "rocketchatTokenIdFile or .secrets"),
  ],
  mattermost: [need("place of its webhook's address", ["webhookUrlFile"], "mattermostWebhookUrlFile or .secrets")],
};
