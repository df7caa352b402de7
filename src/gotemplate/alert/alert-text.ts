/**
 * The texts of alerts: labels and annotations of alerting rules.
 * https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#templating
 */
import type { QueryFunction, QuerySample } from "../go/function.ts";
import { ANY, STRING, structType } from "../go/type.ts";
import { GoStruct, LABEL_MAP, stringMap } from "../go/value.ts";
import { isMistake, type TemplateMistake } from "../parse/ast.ts";
import { type ParsedText, parseTemplate } from "../parse/parse.ts";
import { BUILTINS } from "../run/builtins.ts";
import { type Body, compileTemplate } from "../run/compile.ts";
import type { Library } from "../run/run.ts";
import { executeBody } from "../run/template-set.ts";
import { ALERT_FUNCTIONS, sampleValue } from "./functions.ts";

/** What an alert tells its texts. */
export interface AlertData {
  /** The labels of the sample, its name included. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: QuerySample["value"];
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** What `$externalURL` holds. */
  readonly externalURL?: string;
  /** What the functions `externalURL` and `pathPrefix` go by. They fail where it is left out, as they do in promtool. */
  readonly serverURL?: string | undefined;
  /** The time of the evaluation, in milliseconds since 1970. */
  readonly now: number;
  readonly query?: QueryFunction | undefined;
}

/** A text that has been read. */
export interface AlertText {
  readonly kind: "alert text";
  readonly parsed: ParsedText;
  /** The text, expanded for one alert. What goes wrong becomes the text, as it does in Prometheus. */
  readonly expand: (data: AlertData) => string;
}

/** Prometheus puts these before every text. */
const HEADER = {
  text: "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}",
  variables: ["$labels", "$externalLabels", "$externalURL", "$value"],
};

const ALERT_DATA = structType(
  "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value interface {} }",
  [
    { name: "Labels", type: LABEL_MAP, json: "Labels" },
    { name: "ExternalLabels", type: LABEL_MAP, json: "ExternalLabels" },
    { name: "ExternalURL", type: STRING, json: "ExternalURL" },
    { name: "Value", type: ANY, json: "Value" },
  ],
);

const NO_LABELS: Readonly<Record<string, string>> = {};

/** Reads the text of an alert of that name, or says what is wrong with it as `promtool check rules` does. */
export function parseAlertText(alert: string, text: string): AlertText | TemplateMistake {
  const name = `__alert_${alert}`;
  const parsed = parseTemplate(name, text, { hasFunction, header: HEADER });
  if (isMistake(parsed)) return parsed;
  return { kind: "alert text", parsed, expand: text.includes("{{") ? expander(name, parsed) : () => text };
}

/** What is wrong with the text of an alert, if anything is: whatever `promtool check rules` would complain of. */
export function checkAlertText(alert: string, text: string): TemplateMistake | undefined {
  if (!text.includes("{{")) return undefined;
  const parsed = parseAlertText(alert, text);
  return isMistake(parsed) ? parsed : undefined;
}

const KEPT = 10_000;
const known = new Map<string, AlertText | TemplateMistake>();

/** Expands the text of an alert of that name. Texts are read once and kept. */
export function expandAlertText(alert: string, text: string, data: AlertData): string {
  const key = `${alert}\0${text}`;
  let parsed = known.get(key);
  if (parsed === undefined) {
    if (known.size >= KEPT) known.clear();
    parsed = parseAlertText(alert, text);
    known.set(key, parsed);
  }
  if (isMistake(parsed)) return trouble(`error parsing template __alert_${alert}: ${parsed.message}`);
  return parsed.expand(data);
}

/** Functions that a text of an alert can call. */
export function hasFunction(name: string): boolean {
  return ALERT_FUNCTIONS.has(name) || BUILTINS.has(name);
}

function expander(name: string, { templates, main: template }: ParsedText): (data: AlertData) => string {
  const bodies = new Map<string, Body>();
  const library: Library = {
    body(called) {
      const template = templates.get(called);
      let body = bodies.get(called);
      if (body === undefined && template !== undefined) {
        body = compileTemplate(template, ALERT_FUNCTIONS);
        bodies.set(called, body);
      }
      return body;
    },
  };
  // Compiled when first expanded: who only checks texts need not pay for it.
  let main: Body | undefined;
  return ({ labels, value, externalLabels = NO_LABELS, externalURL = "", serverURL, now, query }) => {
    main ??= compileTemplate(template, ALERT_FUNCTIONS);
    const Labels = stringMap(labels);
    const ExternalLabels = stringMap(externalLabels);
    const Value = sampleValue(value);
    const dot = new GoStruct(ALERT_DATA, { Labels, ExternalLabels, ExternalURL: externalURL, Value });
    const environment = { now, query, externalURL: serverURL };
    const result = executeBody(main, library, dot, environment, [Labels, ExternalLabels, externalURL, Value]);
    return isMistake(result) ? trouble(`error executing template ${name}: ${result.message}`) : result;
  };
}

function trouble(message: string): string {
  return `<error expanding template: ${message}>`;
}
