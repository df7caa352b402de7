/**
 * The templates that Alertmanager 0.34 brings along, written anew: every text that comes out is the same.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */
import { EMAIL } from "./email.ts";

const use = (name: string, data = ".") => `{{ template "${name}" ${data} }}`;

const SUBJECT = use("__subject");
const SERVER = use("__alertmanager");
const LINK = use("__alertmanagerURL");
const ALL_ANNOTATIONS = '{{ join " " .CommonAnnotations.SortedPairs.Values }}\n';
const COLOR = '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}';

const LABEL_SETS = ["Labels", "Annotations"];

/** An alert a paragraph; in Markdown, with empty lines between its lists. */
function alertList(markdown: boolean): string {
  const [before, indent] = markdown ? ["\n", "  "] : ["", " "];
  const sets = LABEL_SETS.map(
    (set) => `${before}${set}:\n{{ range .${set}.SortedPairs }}${indent}- {{ .Name }} = {{ .Value }}\n{{ end }}`,
  );
  return `{{ range . }}${sets.join("")}${before}Source: {{ .GeneratorURL }}\n{{ end }}${markdown ? "\n" : ""}`;
}

/** The firing alerts and the resolved ones, each under a heading and only if there are any. */
function sections(form: "tight" | "loose" | "markdown"): string {
  const [open, close] = form === "tight" ? [" -}}", "{{- end"] : [" }}", "{{ end"];
  const heading = form === "markdown" ? "# " : "";
  const list = form === "markdown" ? "__text_alert_list_markdown" : "__text_alert_list";
  const section = (status: string) =>
    `{{ if .Alerts.${status}${open}\n${heading}Alerts ${status}:\n${use(list, `.Alerts.${status}`)}\n${close} }}`;
  return `${section("Firing")}\n${section("Resolved")}\n`;
}

const MARKDOWN = `\n${sections("markdown")}`;
const ANNOTATED = ALL_ANNOTATIONS + sections("loose");

/** The highest of the severities that alerts of a status have, as Jira calls it. */
function priority(status: string): string {
  const is = (severity: string) => `(eq .Labels.severity "${severity}")`;
  return `{{- range .Alerts.${status} }}
    {{- if ${is("critical")} }}{{ $found = "High" }}
    {{- else if and ${is("warning")} (ne $found "High") }}{{ $found = "Medium" }}
    {{- else if and ${is("info")} (eq $found "") }}{{ $found = "Low" }}
    {{- end }}
  {{- end }}`;
}

/** By the integration, and by what of a message it fills. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  slack: {
    title: SUBJECT,
    username: SERVER,
    fallback: `${use("slack.default.title")} | ${use("slack.default.titlelink")}`,
    callbackid: "",
    pretext: "",
    titlelink: LINK,
    iconemoji: "",
    iconurl: "",
    text: "",
    footer: "",
    color: COLOR,
  },
  pagerduty: { description: SUBJECT, client: SERVER, clientURL: LINK, instances: use("__text_alert_list") },
  opsgenie: { message: SUBJECT, description: `${ALL_ANNOTATIONS}${sections("tight")}{{- "" }}`, source: LINK },
  wechat: {
    message: `${SUBJECT}\n${ALL_ANNOTATIONS}${sections("tight")}AlertmanagerUrl:\n${LINK}`,
    to_user: "",
    to_party: "",
    to_tag: "",
    agent_id: "",
  },
  victorops: {
    state_message: `${ALL_ANNOTATIONS}${sections("tight")}{{- "" }}`,
    entity_display_name: SUBJECT,
    monitoring_tool: SERVER,
  },
  pushover: { title: SUBJECT, message: ANNOTATED, url: LINK },
  sns: { subject: SUBJECT, message: ANNOTATED },
  telegram: { message: `\n${sections("loose")}` },
  discord: { content: "", title: SUBJECT, message: `\n${sections("loose")}` },
  webex: { message: ANNOTATED },
  msteams: { summary: SUBJECT, title: SUBJECT, text: MARKDOWN },
  msteamsv2: { title: SUBJECT, text: MARKDOWN },
  jira: {
    summary: SUBJECT,
    description: MARKDOWN,
    priority: `{{- $found := "" }}${priority("Firing")}{{ if eq $found "" }}${priority("Resolved")}{{ end }}{{ $found }}`,
  },
  rocketchat: { title: SUBJECT, alias: SERVER, titlelink: LINK, emoji: "", iconurl: "", text: "" },
  mattermost: {
    color: COLOR,
    username: SERVER,
    title: SUBJECT,
    titlelink: LINK,
    fallback: `${use("mattermost.default.title")} | ${use("mattermost.default.titlelink")}`,
    text: MARKDOWN,
  },
  email: { subject: SUBJECT, html: EMAIL },
};

const SHARED: Readonly<Record<string, string>> = {
  __alertmanager: "Alertmanager",
  __alertmanagerURL: "{{ .ExternalURL }}/#/alerts?receiver={{ urlquery .Receiver }}",
  __subject: `[{{ toUpper .Status }}{{ if eq .Status "firing" }}:{{ len .Alerts.Firing }}{{ end }}] {{
    join " " .GroupLabels.SortedPairs.Values }} {{ if gt (len .CommonLabels) (len .GroupLabels) }}({{
    with .CommonLabels.Remove .GroupLabels.Names }}{{ join " " .Values }}{{ end }}){{ end }}`,
  __description: "",
  __text_alert_list: alertList(false),
  __text_alert_list_markdown: alertList(true),
};

/** All of them, as one text. */
export const DEFAULT_TEMPLATES: string = [
  ...Object.entries(SHARED),
  ...Object.entries(FIELDS).flatMap(([integration, fields]) =>
    Object.entries(fields).map(([field, text]) => [`${integration}.default.${field}`, text] as const),
  ),
]
  .map(([name, text]) => `{{ define "${name}" }}${text}{{ end }}\n`)
  .join("");

/** The names of the default templates. */
export const DEFAULT_TEMPLATE_NAMES: readonly string[] = [
  ...Object.keys(SHARED),
  ...Object.entries(FIELDS).flatMap(([integration, fields]) =>
    Object.keys(fields).map((field) => `${integration}.default.${field}`),
  ),
];
