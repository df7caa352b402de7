/** Groups of alerts, and texts that tell of them. */
import type { NotificationData } from "../../src/gotemplate/notification/data.ts";

const NOON = Date.UTC(2024, 4, 6, 12);

/** Two alerts of one rule, one of them over, told to a team whose name needs escaping everywhere. */
export const GROUP: NotificationData = {
  receiver: "storefront \\(slack\\)",
  status: "firing",
  externalURL: "https://alerts.shop.example/?a=1&b='2'",
  groupLabels: { alertname: "StockLow", warehouse: "fra" },
  commonLabels: { alertname: "StockLow", warehouse: "fra", team: "mugs & <cups>", severity: "warning" },
  commonAnnotations: { summary: 'Only 9 "left" <soon>', runbook: "https://runbooks.shop.example/stock" },
  routeLabels: {},
  notificationReason: "first notification",
  alerts: [
    {
      status: "firing",
      labels: { alertname: "StockLow", warehouse: "fra", sku: "mug", severity: "warning" },
      annotations: { summary: "Only 9 <left> of 'mug' + more" },
      startsAt: NOON + 123,
      generatorURL: "https://prometheus.shop.example/graph?g0.expr=up+%3D%3D+0&g0.tab=1",
      fingerprint: "0011223344556677",
    },
    {
      status: "resolved",
      labels: { alertname: "StockLow", warehouse: "fra", sku: "cup", severity: "info" },
      annotations: {},
      startsAt: NOON - 3_600_000,
      endsAt: NOON,
      generatorURL: "javascript:alert(1)",
      fingerprint: "8899aabbccddeeff",
    },
  ],
};

/** One alert that is over, and that nothing was grouped by. */
export const RESOLVED: NotificationData = {
  receiver: "ops",
  status: "resolved",
  externalURL: "http://alerts",
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  alerts: [
    {
      status: "resolved",
      labels: { severity: "critical" },
      annotations: {},
      startsAt: 0,
      endsAt: 1000,
      fingerprint: "0",
    },
  ],
};

/** Texts whose result does not depend on the time. */
export const TEXTS = [
  '{{ .GroupLabels }} {{ .CommonLabels.Names }} {{ .CommonLabels.Values.Join ":" }} {{ .CommonLabels.SortedPairs }}',
  '{{ .CommonLabels.Remove (stringSlice "alertname" "x") }} {{ .CommonLabels.Remove .GroupLabels.Names }}',
  "{{ .CommonLabels.Remove 1 }}",
  "{{ .CommonLabels.team }}[{{ .CommonLabels.nope }}]",
  "{{ .Nope }}",
  '{{ range .Alerts }}{{ .Status }} {{ .StartsAt.Format "2006-01-02 15:04:05.000 MST" }} {{ .EndsAt }} {{ .EndsAt.IsZero }} {{ .Fingerprint }};{{ end }}',
  "{{ len .Alerts }} {{ .Alerts.Firing | len }} {{ .Alerts.Resolved | len }} {{ (index .Alerts 0).Labels.severity }} {{ .Receiver }} {{ .NotificationReason }}",
  '{{ .Status | toUpper }} {{ title "hELLO wORLD" }} {{ toLower "ABC" }} {{ trimSpace "  a b \\n" }} {{ join "," (stringSlice "a" "b") }}',
  '{{ match "^St" "StockLow" }} {{ reReplaceAll "(o)" "[$1]" "foo" }} {{ safeHtml "<b>" }}{{ safeUrl "x:y" }} {{ urlUnescape "a%20b+c" }}',
  '{{ urlUnescape "%zz" }}',
  '{{ date "Mon Jan _2" (index .Alerts 0).StartsAt }} {{ (index .Alerts 0).StartsAt | tz "Europe/Berlin" | date "2006-01-02 15:04 MST -0700" }} {{ (index .Alerts 0).StartsAt | tz "America/New_York" }}',
  '{{ tz "Nope/Zone" (index .Alerts 0).StartsAt }}',
  '{{ humanizeDuration 5400.5 }} {{ humanizeDuration "90" }}',
  '{{ toDate "2006-01-02" "2024-02-29" }} {{ toDate "2006-01-02" "2023-02-29" }} {{ mustToDate "Mon, 02 Jan 2006 15:04:05 MST" "Tue, 05 Mar 2024 10:11:12 CET" }}',
  '{{ mustToDate "2006-01-02" "2023-02-30" }}',
  "{{ toJson .Alerts }} {{ toJson .CommonLabels }}",
  '{{ toJson (dict "b" 1 "a" (list 1 "<x>" 2.5 true nil) "c" 1e21 "d" 1e-7) }}',
  '{{ base64encode "hé?>~" }} {{ base64decode "aMOpPz5-" }}',
  '{{ base64decode "aGk" }}',
  '{{ list 1 "a" }} {{ append (list 1) 2 "x" }} {{ dict "a" 1 }} {{ (dict "a" 1).a }} {{ range $k, $v := dict "b" 2 "a" 1 }}{{ $k }}{{ $v }}{{ end }}',
  '{{ dict "a" }}',
  '{{ define "__subject" }}mine{{ end }}{{ template "slack.default.title" . }}',
  '{{ template "shop.text" . }} {{ template "slack.default.text" . }} {{ template "nope" . }}',
  '{{ template "shop.text" . }} {{ template "slack.default.text" . }}[{{ template "slack.default.footer" . }}]',
  "{{ unknown }}",
];

/** Texts for the bodies of mails. */
export const PAGES = [
  '{{ .CommonLabels.team }}<b title="{{ .CommonLabels.team }}" lang={{ .CommonLabels.team }}>{{ .Alerts }}</b>',
  "<a href=\"{{ .ExternalURL }}/x?y={{ .CommonLabels.team }}#{{ .Receiver }}\">x</a><a href='/{{ .CommonLabels.team }}'>",
  '{{ range .Alerts }}<a href="{{ .GeneratorURL }}">{{ .Labels }}</a>{{ end }}',
  '<a href="{{ safeUrl "javascript:x" }}">{{ safeHtml "<hr>" }}</a>',
  "<p style=\"color: {{ .Status }}; background: url({{ .ExternalURL }}); font: '{{ .CommonLabels.team }}'; width: {{ .CommonLabels.team }}\">",
  "<!-- {{ .Status }} --><title>{{ .CommonLabels.team }}</title><style>p { color: {{ .Status }} /* c */ }</style>a < b",
  "{{ .CommonLabels.team | html }} {{ .CommonLabels.team | urlquery }} {{ .CommonLabels.nope }}|{{ (dict).a }}",
  '{{ define "cell" }}{{ . }}{{ end }}<a href="{{ template "cell" .ExternalURL }}" title=\'{{ template "cell" .CommonLabels.team }}\'>{{ template "cell" .CommonLabels.team }}</a>',
  '{{ if .Status }}<b>{{ else }}<a href="{{ end }}x',
  "<p title={{ if .Status }}{{ .Status }}{{ end }}>",
  '<p title="',
  '<a href="{{ if .Status }}/a?{{ else }}/b{{ end }}{{ .Status }}">',
  '{{ template "nope" . }}',
  "{{ .CommonLabels.team | html | print }}",
  "<p {{ .Status }}=x onclick{{ .Status }}=y>",
];

/** A file of a user's templates, one of which replaces a default. */
export const FILE =
  '{{ define "shop.text" }}[{{ .Status }}] {{ template "__subject" . }}{{ end }}{{ define "slack.default.text" }}stock{{ end }}';
