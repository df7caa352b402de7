/** Pages about files that are read and written: Alertmanager's, Prometheus's, unit tests, queries, and `out/`. */
import { alertmanagerPage, type Pages, rulesPage } from "../page.ts";

const desk = (route: string, more = "") => `route: { receiver: desk${route} }\nreceivers:\n  - name: desk\n${more}`;
const rule = (text: string) => `groups:\n  - name: catalog\n    rules:\n      - ${text}\n`;
const FINE = rule("{ alert: Low, expr: stock < 10 }");

export const FILES: Pages = {
  "alertmanager/bare-timeout": alertmanagerPage(
    "A timeout is a bare number, which counts nanoseconds.",
    "Write the unit: 10s.",
    desk("", "    webhook_configs: [{ url: http://x.example/, timeout: 10 }]\n"),
    desk("", "    webhook_configs: [{ url: http://x.example/, timeout: 10s }]\n"),
  ),
  "alertmanager/conflict": alertmanagerPage(
    "Two settings exclude each other.",
    "Keep one of them.",
    desk("", "    webhook_configs: [{ url: http://x.example/, url_file: /etc/url }]\n"),
    desk("", "    webhook_configs: [{ url_file: /etc/url }]\n"),
  ),
  "alertmanager/duplicate-name": alertmanagerPage(
    "Two receivers or two time intervals have one name.",
    "Rename one of them.",
    desk("", "  - name: desk\n"),
    desk(""),
  ),
  "alertmanager/invalid-value": alertmanagerPage(
    "Alertmanager refuses the value of a setting.",
    "Write it as the message says.",
    desk(", group_by: [alertname, alertname]"),
    desk(", group_by: [alertname]"),
  ),
  "alertmanager/label-name": alertmanagerPage(
    "A name cannot be the name of a label.",
    "Correct it; with classic matchers only letters, digits and _ are allowed.",
    desk(", group_by: ['']"),
    desk(", group_by: [alertname]"),
  ),
  "alertmanager/local-zone": alertmanagerPage(
    "A time interval is in the zone of the machine that Alertmanager happens to run on.",
    "Name the zone: Europe/Berlin, or UTC.",
    `${desk(", routes: [{ matchers: ['team=\"shop\"'], mute_time_intervals: [night] }]")}time_intervals: [{ name: night, time_intervals: [{ location: Local, times: [{ start_time: "22:00", end_time: "24:00" }] }] }]\n`,
    `${desk(", routes: [{ matchers: ['team=\"shop\"'], mute_time_intervals: [night] }]")}time_intervals: [{ name: night, time_intervals: [{ location: UTC, times: [{ start_time: "22:00", end_time: "24:00" }] }] }]\n`,
  ),
  "alertmanager/matcher": alertmanagerPage(
    "A matcher cannot be read.",
    'Write it as label="value", with = != =~ or !~.',
    desk(", routes: [{ matchers: ['severity page'] }]"),
    desk(", routes: [{ matchers: ['severity=\"page\"'] }]"),
  ),
  "alertmanager/matcher-syntax": alertmanagerPage(
    "A matcher means one thing in the classic syntax and another, or nothing, in the one of today.",
    "Quote its value.",
    desk(", routes: [{ matchers: ['team='] }]"),
    desk(", routes: [{ matchers: ['team=\"\"'] }]"),
  ),
  "alertmanager/missing": alertmanagerPage(
    "A setting that Alertmanager needs is missing.",
    "Give it, here or in global.",
    desk("", "    slack_configs: [{ channel: '#desk' }]\n"),
    desk("", "    slack_configs: [{ channel: '#desk', api_url_file: /etc/slack-url }]\n"),
  ),
  "alertmanager/root-route": alertmanagerPage(
    "The route at the root takes every alert, so it has a receiver, and neither matchers nor time intervals.",
    "Put what is meant for some alerts into a route below it.",
    desk(", matchers: [team=storefront]"),
    desk(", routes: [{ matchers: [team=storefront] }]"),
  ),
  "alertmanager/template": {
    about:
      "A template file of Alertmanager is missing or cannot be read, or a text refers to a template that none defines.",
    remedy: "Correct the file, or the pattern in templates that leads to it.",
  },
  "alertmanager/unknown-receiver": alertmanagerPage(
    "A route names a receiver that there is not.",
    "Correct the name, or define the receiver.",
    "route: { receiver: dekk }\nreceivers: [{ name: desk }]\n",
    "route: { receiver: desk }\nreceivers: [{ name: desk }]\n",
  ),
  "alertmanager/unknown-time-interval": alertmanagerPage(
    "A route names a time interval that there is not.",
    "Correct the name, or define the time interval.",
    desk(", routes: [{ matchers: [a=b], mute_time_intervals: [night] }]"),
    `${desk(", routes: [{ matchers: [a=b], mute_time_intervals: [night] }]")}time_intervals: [{ name: night, time_intervals: [{ months: ['1'] }] }]\n`,
  ),
  "yaml/syntax": rulesPage(
    "A file cannot be read as YAML.",
    "Correct it at the place shown.",
    "groups: [{ name: catalog\n",
    FINE,
  ),
  "yaml/duplicate-key": rulesPage(
    "A field stands twice in one place.",
    "Remove one of them.",
    rule("{ alert: Low, expr: stock < 10, alert: High }"),
    FINE,
  ),
  "yaml/unknown-field": rulesPage(
    "A field has a name that the server does not know, so it refuses the file.",
    "Correct the name, or remove the field.",
    rule("{ alert: Low, expr: stock < 10, four: 5m }"),
    FINE,
  ),
  "yaml/wrong-type": rulesPage(
    "A list stands where a text belongs, or the like.",
    "Write what the message expects.",
    "groups: [{ name: [catalog], rules: [{ alert: Low, expr: stock < 10 }] }]\n",
    FINE,
  ),
  "yaml/invalid-value": rulesPage(
    "A text is not what it should be, such as a duration.",
    "Write it as the message says.",
    rule("{ alert: Low, expr: stock < 10, for: 5 minutes }"),
    rule("{ alert: Low, expr: stock < 10, for: 5m }"),
  ),
  "yaml/further-document": rulesPage(
    "A file holds several YAML documents. Only the first is read.",
    "Put the others into files of their own.",
    `${FINE}---\ngroups: []\n`,
    FINE,
  ),
  "yaml/aliases": {
    about: "Aliases of aliases make a small file huge.",
    remedy: "Write out what they stand for.",
  },
  "rule-file/group": rulesPage(
    "Prometheus refuses a group of rules.",
    "Write it as the message says.",
    "groups: [{ rules: [{ alert: Low, expr: stock < 10 }] }]\n",
    FINE,
  ),
  "rule-file/rule": rulesPage(
    "Prometheus refuses a rule.",
    "Write it as the message says.",
    rule("{ alert: Low, record: low, expr: stock < 10 }"),
    FINE,
  ),
  "unit-test/unreadable": {
    about: "A file of unit tests, or a file of rules that it names, cannot be read.",
    remedy: "Correct the path; it is relative to the file of tests.",
  },
  "unit-test/rule-files": {
    about: "A pattern in rule_files cannot be read.",
    remedy: "Correct the pattern: * and ? stand for any characters, [ begins a set.",
  },
  "unit-test/group-order": {
    about: "The list group_eval_order names a group that there is not, or one twice.",
    remedy: "Name each group once.",
  },
  "query/expression": {
    about: "The expression of `tocsin query` is no PromQL.",
    remedy: "Correct it at the place shown.",
  },
  "query/evaluation": {
    about:
      "An expression cannot be evaluated over the series given, for instance since several series match on both sides.",
    remedy: "Correct the expression; on(…), ignoring(…) and group_left(…) say what matches what.",
  },
  "query/time": {
    about: "A time or a step of `tocsin query` cannot be read.",
    remedy: 'Write a time as "2026-03-02T09:00:00Z", as seconds since 1970 or as a duration since the start.',
  },
  "query/file": { about: "A file of series cannot be read.", remedy: "Correct the path." },
  "query/series": {
    about: "A line of a file of series cannot be read.",
    remedy: 'Write a series and its samples: stock{sku="mug"} 40 25 9x30.',
  },
  "timeline/series": {
    about: "A line of a file of series cannot be read or is given twice, or no rule reads the series.",
    remedy: 'Write a series and its samples: stock{sku="mug"} 40 25 9x30; mind the name of the metric.',
  },
  "query/exposition": {
    about: "A recorded exposition cannot be read as the text format of Prometheus or as OpenMetrics.",
    remedy: "Correct the line shown, or record it anew.",
  },
  "query/warning": {
    about: "Prometheus gives a result with a warning: a part of it may be missing or wrong.",
    remedy: "Read what it says; most often some samples are not of the kind that the function takes.",
  },
  "query/info": {
    about: "Prometheus gives a result with a note, for instance that a metric under rate() may be no counter.",
    remedy: "Read what it says; the result is not changed by it.",
  },
  "out/bad-path": {
    about: "A file would have a name that leaves its folder, or that some file system refuses.",
    remedy: "Rename the definition that the file is named after.",
  },
  "out/path-collision": {
    about: "Two files would be one on a file system that does not tell upper and lower case apart.",
    remedy: "Rename one of the definitions that they are named after.",
  },
  "out/foreign-file": {
    about: "A build would replace a file that no build has made.",
    remedy: "Move it away, or rename the definition. Files that a build never made are left alone.",
  },
  "out/cannot-write": {
    about: "The folder for the build cannot be written.",
    remedy: "Look at its permissions, and whether the disk is full.",
  },
  "out/locked": {
    about: "Another build is writing the folder.",
    remedy: "Wait for it, or end it.",
  },
};
