/** What is known from elsewhere than from the expression. */

/** What is known of one metric's series. */
export interface MetricFacts {
  readonly type?: "counter" | "gauge" | "histogram" | "summary" | undefined;
  /** `seconds`, `bytes`. */
  readonly unit?: string | undefined;
  /** The labels of its series; the ones that scraping adds belong to them too. */
  readonly labels?: Readonly<Record<string, LabelOfMetric>> | undefined;
  /** Whether series may have other labels than those. */
  readonly open?: boolean | undefined;
}

/** What is known of one label of a metric. */
export interface LabelOfMetric {
  /** The only values it can have. */
  readonly values?: readonly string[] | undefined;
  /** Whether there are series without it. */
  readonly optional?: boolean | undefined;
}

/** Looks a metric up by the name its series have, such as `checkout_latency_seconds_bucket`. */
export type MetricCatalog = (name: string) => MetricFacts | undefined;

/** What is known of the series that an expression reads. */
export interface LabelFlowOptions {
  /** What is known of metrics; without it, only what the expression itself says is known. */
  readonly catalog?: MetricCatalog | undefined;
  /** Whether a dashboard's variables stand in the expression: what holds one is not known. */
  readonly variables?: boolean | undefined;
}
