/** A series' or an alert's labels. The metric name is the label `__name__`; an absent label and an empty one are the same. */
export type LabelSet = Readonly<Record<string, string>>;

/** The label that holds a metric's name. */
export const METRIC_NAME = "__name__";

/** A text that two label sets share exactly when they hold the same labels. */
export function labelKey(labels: LabelSet): string {
  let key = "";
  // JSON keeps any separator that stands in a value from being taken for one.
  for (const name of Object.keys(labels).sort()) {
    if (labels[name] !== "") key += `${JSON.stringify(name)}:${JSON.stringify(labels[name])},`;
  }
  return key;
}
