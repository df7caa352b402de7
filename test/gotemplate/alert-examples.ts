/** Texts of alerts that exercise everything a template can do. Tests compare what comes of them with what Prometheus makes of them. */

/** The sample that every text is expanded for. */
export const LABELS = {
  sku: "mug",
  warehouse: "fra",
  instance: "db-1.shop.example:9090",
  "a-b": "dash",
  name: 'größe "☕"',
} as const;

export const EXTERNAL_LABELS = { region: "eu" } as const;

/** Values of `$value`, written as series notation has them. */
// biome-ignore format: one beside the other
export const VALUES = [
  "0", "1", "-1", "0.1", "0.5", "2.5", "9", "1e21", "1e20", "1e6", "999999", "1234567.891", "123456.7", "1e-5", "1e-4",
  "0.000123456", "NaN", "Inf", "-Inf", "1e300", "5e-324", "0.15", "1.005", "2.675", "1023", "1024", "1048576.5", "59.9999", "60",
  "3599", "86400", "90061.5", "1e19", "-90061.5", "1700000000.5", "9223372036", "9223372037", "0.00001234", "999.95", "99999.5",
];

/** Texts for each of the values. */
export const OF_VALUES = [
  "{{ $value }}",
  "{{ humanize $value }}|{{ humanize1024 $value }}|{{ humanizePercentage $value }}",
  "{{ humanizeDuration $value }}",
  "{{ humanizeTimestamp $value }}",
  "{{ $value | toTime }}",
  '{{ printf "%v|%f|%.2f|%.0f|%e|%.3e|%g|%.3g|%G|%d|%s|%x|%.2x|%X|%b|%q|%t" $value $value $value $value $value $value $value $value $value $value $value $value $value $value $value $value $value }}',
  '{{ printf "%8.2f|%-10.3g|%+v|%+f|%06.1f|% g|%#g|%#v|%#.3g|%#.0f" $value $value $value $value $value $value $value $value $value $value }}',
  "{{ if $value }}true{{ else }}false{{ end }} {{ eq $value 1.0 }} {{ lt $value 1.0 }} {{ ge $value 1.0 }}",
];

/** Texts that need one sample only. */
export const TEXTS = [
  "Only {{ $value }} of {{ $labels.sku }} left",
  "{{ .Labels.sku }} {{ .Value }} [{{ .ExternalURL }}] {{ .ExternalLabels.region }} {{ $externalLabels.region }} {{ $externalURL }}",
  "{{ . }} {{ $labels }} [{{ $labels.nope }}] {{ len $labels }}",
  "{{ .Nope }}",
  "{{ $labels.a.b }}",
  "{{ .Value.x }}",
  "{{ $value.x }}",
  "{{ $labels.sku.x }}",
  '{{ index $labels "a-b" }}{{ index $labels "nope" }}{{ $labels.name }}',
  "{{ index $labels 1 }}",
  '{{ index "ab" 1 }} {{ slice "größe" 0 4 }} {{ len "größe" }}',
  '{{ index "ab" 2 }}',
  // Control.
  "{{ if $labels.nope }}a{{ else if $labels.sku }}b{{ else }}c{{ end }}",
  "{{ with $labels.sku }}{{ . }}{{ end }}{{ with $labels.nope }}{{ . }}{{ else }}none{{ end }}",
  "{{ with $x := $labels.sku }}{{ $x }}{{ end }}",
  "{{ range $labels }}{{ . }},{{ end }}",
  "{{ range $name, $text := $labels }}{{ $name }}={{ $text }} {{ end }}",
  '{{ range query "sort(stock)" }}{{ .Labels.sku }}:{{ .Value }} {{ else }}nothing{{ end }}',
  '{{ range $i, $sample := query "sort(stock)" | sortByLabel "warehouse" }}{{ $i }}{{ $sample.Labels.warehouse }}{{ . | value }} {{ end }}',
  '{{ range query "absent_metric" }}{{ .Value }}{{ else }}nothing{{ end }}',
  "{{ range $labels.sku }}{{ . }}{{ end }}",
  "{{ range nil }}{{ end }}",
  '{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ end }}{{ $x }}{{ define "t" }}<{{ . }}>{{ end }}{{ template "t" $x }}{{ template "t" }}',
  '{{ block "b" $labels }}{{ .sku }}{{ end }}',
  '{{ template "nope" }}',
  '{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}',
  '{{ define "t" }}\n\n{{ .x.y }}{{ end }}\n{{ template "t" 1 }}',
  "a  {{- 1 -}}  b {{ 2 -}}\n c {{- /* no */ -}} d",
  // Literals.
  "{{ 1 }} {{ 1.0 }} {{ 1e3 }} {{ 0x1F }} {{ 017 }} {{ 1_000 }} {{ 1e6 }} {{ 'a' }} {{ true }} {{ `raw\\n` }} {{ \"\\u00e9\\x41\\101\" }} {{ 1i }}",
  '{{ printf "%T %T %T %T %T" 1 1.0 "a" true $labels }}',
  "{{ 9223372036854775808 }}",
  "{{ nil }}",
  // Go's functions.
  '{{ and 1 0 2 }} {{ or 0 "" 3 }} {{ not 0 }} {{ or 1 (index 1 2) }} {{ print 1 2 "a" 3 true }} {{ println "x" }}',
  '{{ html "<a>\'&\\"" }} {{ js "it\'s <b>" }} {{ urlquery "a b&c=é" }}',
  '{{ eq 1 2 1 }} {{ ne "a" "b" }} {{ lt 1 2 }} {{ le "a" "a" }} {{ gt 2.5 1.5 }} {{ ge 1 1 }}',
  "{{ eq 1 1.0 }}",
  "{{ lt true false }}",
  "{{ call 1 }}",
  '{{ printf "%d %s %q %v %+v %x %X %o %b %c %U %e %08.3f|%-8s|%8s|%.2s|%t %%" 5 "a" "q\\"" 1.5 $labels 255 255 8 5 65 9749 1e10 3.14159 "ab" "ab" "größe" true }}',
  '{{ printf "%d" "mug" }} {{ printf "%s" 5 }} {{ printf "%d" $value }} {{ printf "%z" 1 }} {{ printf "%d %d" 1 }} {{ printf "%d" 1 2 }} {{ printf "%!" }} {{ printf "%[2]d %[1]d" 1 2 }} {{ printf "%*d" 5 1 }}',
  '{{ printf "%s %v %d" $labels (args 1 "a") $labels }}',
  // Prometheus's functions.
  '{{ title "hello o\'neil-x a.b_c 1st" }} {{ toUpper "straße" }} {{ toLower "ÀB" }}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are Go's.
  '{{ reReplaceAll "(.*):(.*)" "$2:${1}x$$" $labels.instance }} {{ match "^db-[0-9]" $labels.instance }} {{ reReplaceAll "x*" "-" "abxc" }}',
  '{{ match "(" "" }}',
  '{{ reReplaceAll "[" "" "" }}',
  '{{ stripPort $labels.instance }} {{ stripPort "[::1]:80" }} {{ stripDomain $labels.instance }} {{ stripDomain "10.0.0.1:80" }} {{ stripDomain "a.b" }}',
  '{{ graphLink "up == 0" }} {{ tableLink "a{b=\\"c\\"}" }} {{ safeHtml "<b>" }}',
  '{{ query "sort(stock)" | first | label "sku" }} {{ query "sort(stock)" | first | value }} {{ query "sort(stock)" | first | strvalue }}|{{ (query "sort(stock)" | first).Value }} {{ query "sort(stock)" | first }}',
  '{{ query "absent_metric" | first | value }}',
  '{{ query "1 +" }}',
  "{{ with args 1 2.5 }}{{ .arg0 }} {{ .arg1 }} {{ .arg7 }}{{ end }}",
  '{{ parseDuration "1h30m" }} {{ parseDuration "-5m" }}',
  '{{ parseDuration "1x" }}',
  "{{ externalURL }}",
  "{{ pathPrefix }}",
  '{{ humanize "abc" }}',
  '{{ humanize "1.5e3" }} {{ humanize 1500 }} {{ humanizeDuration "3661" }}',
  "{{ humanize true }}",
  "{{ humanize }}",
  "{{ humanize 1 2 }}",
  "{{ toUpper 1 }}",
  "{{ toUpper $value }}",
  "{{ toUpper nil }}",
  "{{ first 1 }}",
  '{{ label "a" nil }}',
  "{{ 1 | $labels.sku }}",
  "{{ $labels.sku 1 }}",
  '{{ (toTime 1e9).Format "2006-01-02T15:04:05Z07:00 Mon Jan _2 PM" }} {{ (toTime 1e9).Year }} {{ (toTime 1e9).Month }} {{ (toTime 1e9).Unix }} {{ (toTime 1.5).Sub (toTime 0) }}',
];

/** Texts that Prometheus 2 does not take, or takes otherwise. */
export const TEXTS_OF_PROMETHEUS_3 = [
  "{{ range 3 }}{{ . }}{{ end }}{{ range $i := 2 }}{{ $i }}{{ end }}",
  "{{ with $labels.nope }}a{{ else with $labels.sku }}{{ . }}{{ end }}",
  '{{ range $name, $text := $labels }}{{ if eq $name "name" }}{{ continue }}{{ end }}{{ if eq $name "warehouse" }}{{ break }}{{ end }}{{ $name }} {{ end }}',
  "{{ now | humanizeTimestamp }} {{ (toDuration 90.5).Seconds }} {{ toDuration 5400 }}",
  '{{ urlQueryEscape "a b/é" }}',
  "{{ humanizeDuration (toDuration 5) }}",
  "{{ range 2 }}{{ range 0 }}{{ else }}{{ break }}{{ end }}a{{ end }}",
  "{{ range 2 }}{{ . }}{{ range 0 }}{{ else }}{{ continue }}{{ end }}b{{ end }}",
  '{{ range $i, $e := query "absent_metric" }}a{{ else }}{{ $i }}{{ $e }}{{ end }}',
  "{{ range $i := (print 3) 4 }}{{ end }}",
];

/** Texts that cannot be read. */
// biome-ignore format: one beside the other
export const MISTAKES = [
  "{{", "{{ }", "{{}}", "{{ . ", '{{ "abc }}', "{{ `abc }}", "{{ 'a }}", "{{ 'ab' }}", '{{ "\\q" }}', "{{ } }}", "{{ ) }}", "{{ ( }}", "{{ () }}", "{{ | }}",
  "{{ 1 | 2 }}", "{{ 1.x }}", "{{ nil.x }}", "{{ $x }}", "{{ $x, $y := 1 }}", "{{ $x : 1 }}", "{{ if }}{{ end }}", "{{ if true }}",
  "{{ if 1 }}a{{ else }}b{{ else }}c{{ end }}", "{{ end }}", "{{ else }}", "{{ with }}{{ end }}", "{{ range $a, $b, $c := 1 }}{{ end }}", "{{ break }}",
  "{{ template }}", "{{ template a }}", "{{ define }}{{ end }}", '{{ define "a" }}', '{{ define "a" }}x{{ end }}{{ define "a" }}y{{ end }}',
  '{{ if true }}{{ define "a" }}{{ end }}{{ end }}', "{{/* c }}", "{{/* c */ }}", "{{ 089 }}", "{{ 1a }}", "{{ 18446744073709551616 }}", "{{ foo }}", "{{ .a% }}",
  "{{ % }}", "{{ = }}", "{{ a = b }}", "\n{{ if\n", "x\n{{ .Labels | \n humanise }}", '{{ "abcdefghijklmnop" | "abcdefghijklmnop" }}', "{{ tmpl \"a\" . }}",
];
