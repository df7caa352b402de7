/**
 * What Alertmanager's templates are given: alerts in groups, and label sets with methods.
 * https://prometheus.io/docs/alerting/latest/notifications/#data
 */
import { fn, type GoFunction } from "../go/function.ts";
import { TIME } from "../go/time.ts";
import { BOOL, declared, type GoType, pointerTo, STRING, sliceOf, structType } from "../go/type.ts";
import { GoMap, GoSlice, GoStruct, LABEL_MAP, STRING_SLICE, sortedKeys } from "../go/value.ts";

const text = (name: string, json: string) => ({ name, type: STRING, json });

const stringsMethods = new Map<string, GoFunction>();
const pairsMethods = new Map<string, GoFunction>();
const setMethods = new Map<string, GoFunction>();
const alertsMethods = new Map<string, GoFunction>();

const STRINGS = declared("template.Strings", STRING_SLICE, stringsMethods);
const PAIR = structType("template.Pair", [text("Name", "Name"), text("Value", "Value")]);
const PAIRS = declared("template.Pairs", sliceOf(PAIR), pairsMethods);
/** A label set, or a set of annotations. */
export const KV = declared("template.KV", LABEL_MAP, setMethods);

/** The type `template.Alert`. */
export const ALERT = structType("template.Alert", [
  text("Status", "status"),
  { name: "Labels", type: KV, json: "labels" },
  { name: "Annotations", type: KV, json: "annotations" },
  { name: "StartsAt", type: TIME, json: "startsAt" },
  { name: "EndsAt", type: TIME, json: "endsAt" },
  text("GeneratorURL", "generatorURL"),
  text("Fingerprint", "fingerprint"),
]);
const ALERT_SLICE = sliceOf(ALERT);
/** The type `template.Alerts`. */
export const ALERTS = declared("template.Alerts", ALERT_SLICE, alertsMethods);

/** The type `template.Data`. */
export const DATA: GoType = structType("template.Data", [
  text("Receiver", "receiver"),
  text("Status", "status"),
  { name: "Alerts", type: ALERTS, json: "alerts" },
  text("NotificationReason", "notification_reason"),
  { name: "GroupLabels", type: KV, json: "groupLabels" },
  { name: "CommonLabels", type: KV, json: "commonLabels" },
  { name: "CommonAnnotations", type: KV, json: "commonAnnotations" },
  { name: "RouteLabels", type: KV, json: "routeLabels" },
  text("ExternalURL", "externalURL"),
  { name: "routeLabelsRendered", type: BOOL, json: undefined },
]);
/** The type `*template.Data`. */
export const DATA_POINTER = pointerTo(DATA);

/** The label that names an alert, which stands before all others. */
const ALERT_NAME = "alertname";

function sortedPairs(set: GoMap): GoSlice {
  const keys = sortedKeys(set);
  const ordered = keys.includes(ALERT_NAME) ? [ALERT_NAME, ...keys.filter((key) => key !== ALERT_NAME)] : keys;
  return new GoSlice(
    PAIRS,
    ordered.map((Name) => new GoStruct(PAIR, { Name, Value: set.entries?.[Name] ?? "" })),
  );
}

function column(pairs: GoSlice, field: "Name" | "Value"): GoSlice {
  return new GoSlice(
    STRINGS,
    (pairs.elements ?? []).map((pair) => (pair instanceof GoStruct ? pair.fields[field] : "")),
  );
}

function pairsText(pairs: GoSlice): string {
  const texts = (pairs.elements ?? []).map((pair) =>
    pair instanceof GoStruct ? `${pair.fields.Name}=${pair.fields.Value}` : "",
  );
  return texts.join(", ");
}

type Pairs = readonly [GoSlice];
type Set = readonly [GoMap];

stringsMethods.set(
  "Join",
  fn([STRING], ([{ elements = [] }, separator]: readonly [GoSlice, string]) => elements.join(separator)),
);
pairsMethods.set(
  "Names",
  fn([], ([pairs]: Pairs) => column(pairs, "Name")),
);
pairsMethods.set(
  "Values",
  fn([], ([pairs]: Pairs) => column(pairs, "Value")),
);
pairsMethods.set(
  "String",
  fn([], ([pairs]: Pairs) => pairsText(pairs)),
);
setMethods.set(
  "SortedPairs",
  fn([], ([set]: Set) => sortedPairs(set)),
);
setMethods.set(
  "Names",
  fn([], ([set]: Set) => column(sortedPairs(set), "Name")),
);
setMethods.set(
  "Values",
  fn([], ([set]: Set) => column(sortedPairs(set), "Value")),
);
setMethods.set(
  "String",
  fn([], ([set]: Set) => pairsText(sortedPairs(set))),
);
setMethods.set(
  "Remove",
  fn([STRING_SLICE], ([{ entries = {} }, { elements = [] }]: readonly [GoMap, GoSlice]) => {
    const left = Object.entries(entries).filter(([name]) => !elements.includes(name));
    return new GoMap(KV, Object.fromEntries(left));
  }),
);
for (const [method, status] of [
  ["Firing", "firing"],
  ["Resolved", "resolved"],
] as const) {
  alertsMethods.set(
    method,
    fn([], ([{ elements = [] }]: readonly [GoSlice]) => {
      const chosen = elements.filter((alert) => alert instanceof GoStruct && alert.fields.Status === status);
      return new GoSlice(ALERT_SLICE, chosen);
    }),
  );
}
