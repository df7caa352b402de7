/** Routing: each team's alerts to its receivers by severity, each in its hours; and which alerts keep others quiet. */
import type { AlertmanagerSpec, NotificationSpec } from "../model/environment.ts";
import type { EmailSpec } from "../model/receiver/email.ts";
import type { PagerdutySpec } from "../model/receiver/pagerduty.ts";
import type { Receiver, ReceiverKind, ReceiverSpec } from "../model/receiver/receiver.ts";
import type { SlackSpec } from "../model/receiver/slack.ts";
import type { WechatSpec } from "../model/receiver/wechat.ts";
import type { AnyTeam, Receivers } from "../model/team.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { LABEL, NOBODY, NOTIFICATIONS, receiverName, SECRET_FILE, SEVERITY_NOTIFICATIONS } from "./conventions.ts";
import type { Overrides } from "./overrides.ts";
import type {
  AlertmanagerPlan,
  InhibitRule,
  PlannedAlert,
  PlannedIntegration,
  PlannedReceiver,
  Route,
} from "./plan.ts";

interface Leaf {
  readonly receiver: PlannedReceiver;
  readonly route: Route;
}

/** Lowers teams and receivers to a routing tree. */
export function planRouting(
  { definitions }: Workspace,
  global: AlertmanagerSpec,
  alerts: readonly PlannedAlert[],
  externalLabels: readonly string[],
  overrides: Overrides,
): AlertmanagerPlan {
  const teams = definitions.Team.map((team) => ({ team, leaves: planTeam(team, global, overrides) }));
  const fallback = toList(global.fallback ?? []).map((receiver) => integrate(receiver, global, overrides));
  const used = new Set(
    teams.flatMap(({ leaves }) =>
      leaves.flatMap(({ route }) => [...(route.activeTimeIntervals ?? []), ...(route.muteTimeIntervals ?? [])]),
    ),
  );
  return {
    global,
    route: {
      receiver: NOBODY,
      matchers: [],
      ...NOTIFICATIONS,
      ...global.notifications,
      routes: teams
        .filter(({ leaves }) => leaves.length > 0)
        .map(({ team, leaves }) => ({
          receiver: undefined,
          matchers: [{ name: LABEL.team, op: "=", value: team.name }],
          routes: leaves.map(({ route }) => route),
        })),
    },
    receivers: [
      { name: NOBODY, integrations: fallback },
      ...teams.flatMap(({ leaves }) => leaves.map(({ receiver }) => receiver)),
    ],
    inhibitRules: planInhibitions(alerts, externalLabels),
    timeIntervals: definitions.TimeInterval.filter(({ name }) => used.has(name)),
  };
}

function planTeam(team: AnyTeam, global: AlertmanagerSpec, overrides: Overrides): readonly Leaf[] {
  return Object.entries(team.spec).flatMap(([severity, receivers]) => {
    const parts = byHours(
      toList(receivers).filter((receiver) => overrides.enabled(receiver)),
      overrides,
    );
    return parts.map((part, i): Leaf => {
      const name = receiverName(team.name, severity, parts.length === 1 ? undefined : i);
      const { during, except } = overrides.spec(part[0] as Receiver);
      return {
        receiver: { name, integrations: part.map((receiver) => integrate(receiver, global, overrides)) },
        route: {
          receiver: name,
          matchers: [{ name: LABEL.severity, op: "=", value: severity }],
          ...pace(severity, global),
          ...(during === undefined ? {} : { activeTimeIntervals: [during.name] }),
          ...(except === undefined ? {} : { muteTimeIntervals: [except.name] }),
          // Receivers with other hours of the same severity follow.
          ...(i < parts.length - 1 ? { continue: true } : {}),
          routes: [],
        },
      };
    });
  });
}

function pace(severity: string, global: AlertmanagerSpec): NotificationSpec {
  return { ...SEVERITY_NOTIFICATIONS[severity], ...global.severities?.[severity] };
}

/** Receivers that share their hours share a route. */
function byHours(receivers: readonly Receiver[], overrides: Overrides): readonly (readonly Receiver[])[] {
  const parts = new Map<string, Receiver[]>();
  for (const receiver of receivers) {
    const { during, except } = overrides.spec(receiver);
    const key = JSON.stringify([during?.name, except?.name]);
    parts.set(key, [...(parts.get(key) ?? []), receiver]);
  }
  return [...parts.values()];
}

const toList = (receivers: Receivers): readonly Receiver[] =>
  Array.isArray(receivers) ? receivers : [receivers as Receiver];

type Defaults = {
  readonly [K in ReceiverKind]: (receiver: Receiver, global: AlertmanagerSpec) => Readonly<Record<string, unknown>>;
};

const secret = (global: AlertmanagerSpec, file: string) =>
  global.secrets === undefined ? undefined : `${global.secrets.replace(/\/+$/, "")}/${file}`;

/** Where each kind's secret lies, and what else the environment knows, where the receiver does not say. */
const DEFAULTS: Defaults = {
  webhook: () => ({}),
  email: ({ spec }, { smtp }) => ({ ...smtp, ...(spec as EmailSpec) }),
  slack: (_, global) => ({ apiUrlFile: global.slackApiUrlFile ?? secret(global, SECRET_FILE.slack()) }),
  pagerduty: ({ name, spec }, global) => ({
    routingKeyFile:
      (spec as PagerdutySpec).serviceKeyFile === undefined ? secret(global, SECRET_FILE.pagerduty(name)) : undefined,
    url: global.pagerdutyUrl,
  }),
  wechat: (_, global) => ({
    apiSecretFile: secret(global, SECRET_FILE.wechat()),
    ...global.wechat,
  }),
};

function integrate(receiver: Receiver, global: AlertmanagerSpec, overrides: Overrides): PlannedIntegration {
  const own = overrides.spec(receiver) as ReceiverSpec & Readonly<Record<string, unknown>>;
  return { definition: receiver, spec: { ...DEFAULTS[receiver.type](receiver, global), ...own } };
}

function planInhibitions(alerts: readonly PlannedAlert[], externalLabels: readonly string[]): readonly InhibitRule[] {
  const byDefinition = new Map(alerts.map((alert) => [alert.definition, alert]));
  return alerts.flatMap((source) =>
    (source.definition.spec.inhibits ?? []).flatMap((definition): readonly InhibitRule[] => {
      const target = byDefinition.get(definition);
      if (target === undefined) return [];
      return [
        {
          source: identity(source),
          target: identity(target),
          equal: shared(source, target, externalLabels),
        },
      ];
    }),
  );
}

const identity = ({ name, labels }: PlannedAlert) =>
  [
    { name: "alertname", op: "=", value: name },
    { name: LABEL.service, op: "=", value: labels[LABEL.service] ?? "" },
  ] as const;

/** The labels that tell instances of both alerts apart: those that both carry and that do not belong to the rule itself. */
function shared(source: PlannedAlert, target: PlannedAlert, externalLabels: readonly string[]): readonly string[] {
  const fixed = new Set([...Object.keys(source.labels), ...Object.keys(target.labels)]);
  const both = source.carried.filter((name) => target.carried.includes(name) && !fixed.has(name));
  return [...new Set([...both, ...externalLabels])].sort();
}

/** Receivers that could tell nobody, because the place of their secret is known nowhere. */
export function checkReceivers(
  { receivers }: AlertmanagerPlan,
  environment: string | undefined,
): readonly SourcedDiagnostic[] {
  const where = environment === undefined ? "" : ` in environment ${JSON.stringify(environment)}`;
  const integrations = receivers.flatMap(({ integrations }) => integrations);
  return [...new Map(integrations.map((one) => [one.definition, one])).values()].flatMap(({ definition, spec }) => {
    const missing = MISSING[definition.type](spec);
    return missing === undefined
      ? []
      : [
          {
            code: "receiver/no-secret",
            severity: "error",
            message: `${called(definition)} has no ${missing.what}${where}`,
            help: missing.help,
            at: { origin: definition.origin, path: [] },
          } satisfies SourcedDiagnostic,
        ];
  });
}

interface Missing {
  readonly what: string;
  readonly help: string;
}

const MISSING: { readonly [K in ReceiverKind]: (spec: Readonly<Record<string, unknown>>) => Missing | undefined } = {
  webhook: () => undefined,
  email: ({ from, smarthost }) =>
    from !== undefined && smarthost !== undefined
      ? undefined
      : {
          what: from === undefined ? "sender" : "mail server",
          help: "give from and smarthost, or alertmanager.smtp in the environment",
        },
  slack: ({ apiUrlFile }: Partial<SlackSpec>) =>
    apiUrlFile !== undefined
      ? undefined
      : {
          what: "place of its webhook's address",
          help: "give apiUrlFile, or alertmanager.slackApiUrlFile or .secrets in the environment",
        },
  pagerduty: ({ routingKeyFile, serviceKeyFile }: Partial<PagerdutySpec>) =>
    (routingKeyFile ?? serviceKeyFile) !== undefined
      ? undefined
      : {
          what: "place of its integration key",
          help: "give routingKeyFile, or alertmanager.secrets in the environment",
        },
  wechat: ({ apiSecretFile, corpId }: Partial<WechatSpec>) =>
    apiSecretFile !== undefined && corpId !== undefined
      ? undefined
      : {
          what: apiSecretFile === undefined ? "place of its secret" : "corpId",
          help: "give apiSecretFile and corpId, or alertmanager.wechat in the environment",
        },
};
