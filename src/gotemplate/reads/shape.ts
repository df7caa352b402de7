/** What the data of a template looks like, as far as it matters which of it a text reads. */

/** What data looks like. */
export type Shape = SetShape | StructShape | ListShape | LeafShape;

/** Named texts, such as labels. */
export interface SetShape {
  readonly kind: "set";
  /** What reads of it are called. */
  readonly of: string;
}

/** Data with fields. */
export interface StructShape {
  readonly kind: "struct";
  readonly fields: Readonly<Record<string, Shape>>;
}

/** Data of which there may be many. */
export interface ListShape {
  readonly kind: "list";
  readonly element: Shape;
}

/** A single value. */
export interface LeafShape {
  readonly kind: "leaf";
  readonly of: string;
}

const set = (of: string): SetShape => ({ kind: "set", of });
const leaf = (of: string): LeafShape => ({ kind: "leaf", of });
const struct = (fields: Readonly<Record<string, Shape>>): StructShape => ({ kind: "struct", fields });

const LABELS = set("labels");
const EXTERNAL_LABELS = set("external labels");
const EXTERNAL_URL = leaf("external URL");
const VALUE = leaf("value");

/** What the texts of alerts are given. */
export const ALERT_SHAPE: StructShape = struct({
  Labels: LABELS,
  ExternalLabels: EXTERNAL_LABELS,
  ExternalURL: EXTERNAL_URL,
  Value: VALUE,
});

/** The variables that stand before the texts of alerts. */
export const ALERT_VARIABLES: readonly Shape[] = [LABELS, EXTERNAL_LABELS, EXTERNAL_URL, VALUE];

const ALERTS: ListShape = {
  kind: "list",
  element: struct({
    Status: leaf("status"),
    Labels: LABELS,
    Annotations: set("annotations"),
    StartsAt: leaf("start"),
    EndsAt: leaf("end"),
    GeneratorURL: leaf("generator URL"),
    Fingerprint: leaf("fingerprint"),
  }),
};

/** What the texts of notifications are given. */
export const NOTIFICATION_SHAPE: StructShape = struct({
  Receiver: leaf("receiver"),
  Status: leaf("status"),
  Alerts: ALERTS,
  NotificationReason: leaf("reason"),
  GroupLabels: set("group labels"),
  CommonLabels: set("common labels"),
  CommonAnnotations: set("common annotations"),
  RouteLabels: set("route labels"),
  ExternalURL: EXTERNAL_URL,
});
