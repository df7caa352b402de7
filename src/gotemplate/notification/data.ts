/** The data of a notification: what a group of alerts has in common, and each of its alerts. */

import { quoteRegex } from "../../label/regex.ts";
import { momentOf, NO_TIME } from "../go/moment.ts";
import { goTime } from "../go/time.ts";
import { GoMap, GoPointer, GoSlice, GoStruct } from "../go/value.ts";
import { fingerprint } from "./fingerprint.ts";
import { ALERT, ALERTS, DATA, DATA_POINTER, KV } from "./types.ts";

type Texts = Readonly<Record<string, string>>;

/** One alert of a notification. */
export interface NotificationAlert {
  readonly status: "firing" | "resolved";
  readonly labels: Texts;
  readonly annotations: Texts;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Milliseconds since 1970; left out while the alert goes on. */
  readonly endsAt?: number | undefined;
  readonly generatorURL?: string | undefined;
  /** Computed from the labels where it is left out. */
  readonly fingerprint?: string | undefined;
}

/** What the templates are told. */
export interface NotificationData {
  /** The receiver's name, in which Alertmanager escapes what means something in a regular expression. */
  readonly receiver: string;
  readonly status: "firing" | "resolved";
  readonly alerts: readonly NotificationAlert[];
  readonly groupLabels: Texts;
  readonly commonLabels: Texts;
  readonly commonAnnotations: Texts;
  /** The labels of the route, already rendered. */
  readonly routeLabels?: Texts | undefined;
  readonly externalURL: string;
  readonly notificationReason?: string | undefined;
}

/** A group of alerts of which somebody is to be told. */
export interface NotifiedGroup {
  readonly receiver: string;
  readonly alerts: readonly NotificationAlert[];
  readonly groupLabels: Texts;
  readonly routeLabels?: Texts | undefined;
  readonly externalURL: string;
  readonly notificationReason?: string | undefined;
}

/** What Alertmanager tells the templates about a group. */
export function notificationData(group: NotifiedGroup): NotificationData {
  const { alerts, receiver } = group;
  return {
    ...group,
    receiver: quoteRegex(receiver),
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
  };
}

/** What all have, with the same value. */
function common(sets: readonly Texts[]): Texts {
  const [first = {}, ...others] = sets;
  const shared = Object.entries(first).filter(([name, value]) => others.every((set) => (set[name] ?? "") === value));
  return Object.fromEntries(shared);
}

/** The data as a value for templates. */
export function notificationValue(data: NotificationData): GoPointer {
  return new GoPointer(
    DATA_POINTER,
    new GoStruct(DATA, {
      Receiver: data.receiver,
      Status: data.status,
      Alerts: new GoSlice(ALERTS, data.alerts.map(alertValue)),
      NotificationReason: data.notificationReason ?? "",
      GroupLabels: set(data.groupLabels),
      CommonLabels: set(data.commonLabels),
      CommonAnnotations: set(data.commonAnnotations),
      RouteLabels: set(data.routeLabels ?? {}),
      ExternalURL: data.externalURL,
      routeLabelsRendered: true,
    }),
  );
}

function alertValue(alert: NotificationAlert): GoStruct {
  const { startsAt, endsAt } = alert;
  return new GoStruct(ALERT, {
    Status: alert.status,
    Labels: set(alert.labels),
    Annotations: set(alert.annotations),
    StartsAt: goTime(momentOf(startsAt)),
    EndsAt: goTime(endsAt === undefined ? NO_TIME : momentOf(endsAt)),
    GeneratorURL: alert.generatorURL ?? "",
    Fingerprint: alert.fingerprint ?? fingerprint(alert.labels),
  });
}

function set(texts: Texts): GoMap {
  return new GoMap(KV, texts);
}
