/**
 * tocsin: monitoring as code for Prometheus, Alertmanager and Grafana.
 *
 * What a monitors file imports: definitions, the words of PromQL, and what a business wants measured.
 */

export { type AlertingRule, type AlertSpec, type AnyAlert, alert, type RunbookSpec } from "./model/alert.ts";
export type { TracingSpec } from "./model/alertmanager.ts";
export { type Dashboard, type DashboardSpec, dashboard } from "./model/dashboard/dashboard.ts";
export type { Link } from "./model/dashboard/link.ts";
export type {
  Calculation,
  Columns,
  PanelColor,
  PanelLook,
  PanelThreshold,
  SeriesLook,
  ValueLook,
  Words,
} from "./model/dashboard/look.ts";
export {
  type Drawable,
  type Drawn,
  type FiringAlerts,
  firingAlerts,
  logsLink,
  type Panel,
  type PanelSpec,
  type PlainPanelSpec,
  panel,
  textPanel,
} from "./model/dashboard/panel.ts";
export { type DashboardQuery, dashboardQuery } from "./model/dashboard/query.ts";
export { type Row, type RowSpec, row } from "./model/dashboard/row.ts";
export {
  type ChoiceSpec,
  constantVariable,
  customVariable,
  filterVariable,
  intervalVariable,
  type LabelVariable,
  type LabelVariableSpec,
  labelVariable,
  type OfferedVariable,
  textVariable,
  type Variable,
  type VariableSpec,
} from "./model/dashboard/variable.ts";
export { type DeadMansSwitchSpec, deadMansSwitch } from "./model/dead-mans-switch.ts";
export {
  type AlertmanagerSpec,
  type Environment,
  type EnvironmentSpec,
  environment,
  type GrafanaSpec,
  type NotificationSpec,
  type Override,
  override,
  type PrometheusSpec,
} from "./model/environment.ts";
export { type LabelDomain, type Labels, oneOf, type TargetLabel, upTo } from "./model/labels.ts";
export { type Attempts, errorRatio, responseTime, successRatio } from "./model/measure/availability.ts";
export { faultFrequency, meanResponseTime, meanTimeBetweenFaults, saturation } from "./model/measure/quality.ts";
export { requestsInFlight, requestsPerSecond } from "./model/measure/throughput.ts";
export { type Counter, counter } from "./model/metric/counter.ts";
export { type Gauge, gauge } from "./model/metric/gauge.ts";
export { type Histogram, type HistogramSpec, histogram } from "./model/metric/histogram.ts";
export { type Info, info } from "./model/metric/info.ts";
export { type Matchers, type Not, not, type ValueMatcher } from "./model/metric/matchers.ts";
export { type AsIs, asIs, type Metric, type MetricSpec } from "./model/metric/metric.ts";
export { type NativeHistogram, nativeHistogram } from "./model/metric/native-histogram.ts";
export { type Summary, type SummarySpec, summary } from "./model/metric/summary.ts";
export type { AlertmanagersSpec } from "./model/prometheus/alertmanagers.ts";
export type { AzureadSpec } from "./model/prometheus/azuread.ts";
export type { RemoteReadSpec } from "./model/prometheus/remote-read.ts";
export type { GoogleIamSpec, MetadataSpec, QueueSpec, RemoteWriteSpec } from "./model/prometheus/remote-write.ts";
export type { OtlpSpec, PrometheusTracingSpec, RuntimeSpec, StorageSpec } from "./model/prometheus/server.ts";
export { alertmanagerService } from "./model/ready/alertmanager.ts";
export { type BlackboxSpec, blackboxService, probeThrough } from "./model/ready/blackbox.ts";
export { prometheusService, type ReadySpec } from "./model/ready/prometheus.ts";
export { type DiscordSpec, discord } from "./model/receiver/discord.ts";
export { type EmailSpec, email, type SmtpSpec } from "./model/receiver/email.ts";
export { type IncidentioSpec, incidentio } from "./model/receiver/incidentio.ts";
export { type JiraSpec, jira } from "./model/receiver/jira.ts";
export { type MattermostSpec, mattermost } from "./model/receiver/mattermost.ts";
export { type MsteamsSpec, msteams } from "./model/receiver/msteams.ts";
export { type Msteamsv2Spec, msteamsv2 } from "./model/receiver/msteamsv2.ts";
export { type OpsgenieSpec, opsgenie } from "./model/receiver/opsgenie.ts";
export { type PagerdutySpec, pagerduty } from "./model/receiver/pagerduty.ts";
export { type PushoverSpec, pushover } from "./model/receiver/pushover.ts";
export type { HttpSpec, Receiver, ReceiverSpec, TlsSpec } from "./model/receiver/receiver.ts";
export { type RocketchatSpec, rocketchat } from "./model/receiver/rocketchat.ts";
export { type SlackSpec, slack } from "./model/receiver/slack.ts";
export { type SnsSpec, sns } from "./model/receiver/sns.ts";
export { type TelegramSpec, telegram } from "./model/receiver/telegram.ts";
export { type VictoropsSpec, victorops } from "./model/receiver/victorops.ts";
export { type WebexSpec, webex } from "./model/receiver/webex.ts";
export { type WebhookSpec, webhook } from "./model/receiver/webhook.ts";
export { type WechatSpec, wechat } from "./model/receiver/wechat.ts";
export { type RecordingRule, type RecordingRuleSpec, record } from "./model/recording-rule.ts";
export { type RouteMatch, type RouteNode, type RouteSpec, route } from "./model/route.ts";
export { type RuleGroup, type RuleGroupSpec, ruleGroup } from "./model/rule-group.ts";
export { applyRelabeling } from "./model/scrape/apply-relabel.ts";
export { type Discovery, type DiscoverySpecs, discovery } from "./model/scrape/discovery/discovery.ts";
export {
  dnsDiscovery,
  fileDiscovery,
  httpDiscovery,
  kubernetesDiscovery,
  staticDiscovery,
} from "./model/scrape/discovery/factories.ts";
export {
  copyLabel,
  defaultLabels,
  dropEqual,
  dropLabels,
  dropMetrics,
  dropSeries,
  dropTargets,
  hashMod,
  keepEqual,
  keepLabels,
  keepMetrics,
  keepSeries,
  keepTargets,
  lowercase,
  mapLabels,
  relabel,
  renameLabel,
  renameMetric,
  setLabel,
  uppercase,
} from "./model/scrape/relabel.ts";
export type { ScrapeSpec } from "./model/scrape/scrape.ts";
export { type Service, type ServiceSpec, service } from "./model/service.ts";
export { type Team, type TeamOptions, team } from "./model/team.ts";
export type { CheckedTemplate, Text, ValueRef } from "./model/text.ts";
export { type Threshold, threshold } from "./model/threshold.ts";
export { type TiersSpec, tiers } from "./model/tiers.ts";
export { type TimeInterval, type TimeIntervalSpec, type TimeRange, timeInterval } from "./model/time-interval.ts";
export type { DurationText } from "./quantity/duration.ts";
export type { Percentage, Quantity, Size } from "./quantity/quantity.ts";
export type { Distribution, NativeDistribution } from "./vector/distribution.ts";
export {
  type AnyVector,
  type Comparison,
  type Condition,
  type InstantVector,
  vector,
} from "./vector/instant-vector.ts";
export { by, fill, groupLeft, groupRight, ignoring, on, without } from "./vector/modifiers.ts";
export type { AnyRange, CounterRange, GaugeRange, RangeVector } from "./vector/range-vector.ts";
export { end, maxOf, minOf, pi, range, type Scalar, start, step, time } from "./vector/scalar.ts";
export { promql, type Written } from "./vector/written.ts";
