/** Receivers as Alertmanager's `<kind>_configs`. https://prometheus.io/docs/alerting/latest/configuration/#receiver */
import { z } from "zod";
import { RECEIVER_SCHEMAS, type ReceiverSpecs } from "../../model/receiver/kinds.ts";
import { type ReceiverKind, type ReceiverSpec, receiverFields } from "../../model/receiver/receiver.ts";
import type { PlannedIntegration, PlannedReceiver } from "../../plan/plan.ts";
import type { YamlValue } from "../../yaml/print.ts";
import { bySchema, type Names } from "../by-schema.ts";
import { httpConfig } from "../http-config.ts";

type Fields = { readonly [key: string]: YamlValue };

/** A receiver with all its integrations. */
export function receiver({ name, labels, integrations }: PlannedReceiver): YamlValue {
  const byKind = new Map<ReceiverKind, YamlValue[]>();
  for (const integration of integrations) {
    const { type } = integration.definition;
    byKind.set(type, [...(byKind.get(type) ?? []), config(integration)]);
  }
  return { name, labels, ...Object.fromEntries([...byKind].map(([type, configs]) => [`${type}_configs`, configs])) };
}

/** One integration, as an entry of its `<kind>_configs`. */
export function config({ definition: { type, name }, spec }: PlannedIntegration): YamlValue {
  const { to, written, names } = KINDS[type] as Kind<ReceiverSpec>;
  const { sendResolved, http } = spec;
  return {
    send_resolved: sendResolved ?? true,
    ...(to === undefined ? {} : { [to]: name }),
    ...(bySchema(PRINTED[type], { ...spec, ...written(spec) }, names) as Fields),
    ...LAST[type]?.(spec),
    http_config: http && httpConfig(http),
  };
}

/** The schema of each kind without what all receivers have, which is printed otherwise or not at all. */
const PRINTED = Object.fromEntries(
  Object.entries(RECEIVER_SCHEMAS).map(([kind, { shape }]) => [
    kind,
    z.object(Object.fromEntries(Object.entries(shape.spec.shape).filter(([key]) => !(key in receiverFields)))),
  ]),
) as unknown as Readonly<Record<ReceiverKind, z.ZodType>>;

/** How a kind is printed where that is not just its properties. */
interface Kind<S> {
  /** Where the receiver's name goes, if it is more than a name. */
  readonly to?: string;
  /** What is printed beside what its author wrote, or in its place. */
  readonly written: (spec: S) => Partial<S>;
  readonly names?: Names;
}

/** Texts refer to `tocsin.tmpl`, which is built from `templates/notification.tmpl.hbs`. */
const text = (name: string) => `{{ template "tocsin.${name}" . }}`;

const TITLE = text("title");
const TEXT = text("text");
const LINK = text("link");
const TITLE_AND_TEXT = `${TITLE}\n${TEXT}`;

/**
 * A text where Alertmanager also takes lists and maps: it reads what was rendered as YAML, to which "Resolved: …" is a map.
 * Only what YAML refuses stays as it is, and nothing in YAML begins with a tab.
 */
const asText = (template: string) => `\t${template}`;

const KINDS: { readonly [K in ReceiverKind]: Kind<ReceiverSpecs[K]> } = {
  webhook: {
    written: ({ payload }) => (payload === "readable" ? { payload: READABLE } : {}),
  },
  email: {
    to: "to",
    written: ({ headers = {}, html, text: plain }) => ({
      headers: {
        ...(Object.keys(headers).some((name) => /^subject$/i.test(name)) ? {} : { Subject: TITLE }),
        ...headers,
      },
      html: html ?? text("html"),
      text: plain ?? TEXT,
    }),
    names: { headers: "headers" },
  },
  pagerduty: {
    written: ({ description, clientUrl, details }) => ({
      description: description ?? TITLE,
      clientUrl: clientUrl ?? LINK,
      details: details ?? { alerts: asText(TEXT) },
    }),
  },
  opsgenie: {
    written: ({ message, description }) => ({ message: message ?? TITLE, description: description ?? TEXT }),
  },
  wechat: { written: ({ message }) => ({ message: message ?? TITLE_AND_TEXT }) },
  slack: {
    to: "channel",
    written: ({ title, titleLink, text: body, fallback }) => ({
      title: title ?? TITLE,
      titleLink: titleLink ?? LINK,
      text: body ?? TEXT,
      fallback: fallback ?? TITLE,
    }),
  },
  victorops: {
    to: "routing_key",
    written: ({ entityDisplayName, stateMessage }) => ({
      entityDisplayName: entityDisplayName ?? TITLE,
      stateMessage: stateMessage ?? TEXT,
    }),
  },
  pushover: {
    written: ({ title, message, url }) => ({ title: title ?? TITLE, message: message ?? TEXT, url: url ?? LINK }),
  },
  sns: { written: ({ subject, message }) => ({ subject: subject ?? TITLE, message: message ?? TEXT }) },
  telegram: { written: ({ message }) => ({ message: message ?? TITLE_AND_TEXT }) },
  discord: { written: ({ title, message }) => ({ title: title ?? TITLE, message: message ?? TEXT }) },
  webex: { written: ({ message }) => ({ message: message ?? TITLE_AND_TEXT }) },
  msteams: {
    written: ({ title, summary, text: body }) => ({
      title: title ?? TITLE,
      summary: summary ?? TITLE,
      text: body ?? TEXT,
    }),
  },
  msteamsv2: { written: ({ title, text: body }) => ({ title: title ?? TITLE, text: body ?? TEXT }) },
  jira: {
    to: "project",
    written: ({ summary, description }) => ({ summary: summary ?? TITLE, description: description ?? TEXT }),
  },
  incidentio: { written: () => ({}) },
  rocketchat: {
    to: "channel",
    written: ({ title, titleLink, text: body }) => ({
      title: title ?? TITLE,
      titleLink: titleLink ?? LINK,
      text: body ?? TEXT,
    }),
    // Actions are read by names without underscores.
    names: Object.fromEntries(
      ["imageUrl", "isWebView", "webviewHeightRatio", "msgInChatWindow", "msgProcessingType"].map((name) => [
        `actions.${name}`,
        name.toLowerCase(),
      ]),
    ),
  },
  mattermost: {
    to: "channel",
    written: ({ title, titleLink, text: body, fallback }) => ({
      title: title ?? TITLE,
      titleLink: titleLink ?? LINK,
      text: body ?? TEXT,
      fallback: fallback ?? TITLE,
    }),
  },
};

const READABLE = { status: "{{ .Status }}", title: asText(TITLE), text: asText(TEXT), link: LINK };

/** What follows from other properties. */
const LAST: Readonly<Partial<Record<ReceiverKind, (spec: PlannedIntegration["spec"]) => Fields>>> = {
  // The only address at which Slack lets a message be changed: https://api.slack.com/methods/chat.postMessage
  slack: ({ updateMessage }) => (updateMessage === true ? { api_url: "https://slack.com/api/chat.postMessage" } : {}),
};
