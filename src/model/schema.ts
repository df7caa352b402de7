/** The schemas that several kinds of definitions share, each with a message that says what to do. */
import { z } from "zod";
import { parseDuration } from "../quantity/duration.ts";
import { toNumber } from "../quantity/quantity.ts";
import { isDeviceName } from "../util/device-name.ts";
import { type DefinitionKind, isDefinition } from "./definition.ts";

/** What names a file: short enough with any ending, and not what Windows takes for a device. */
const fileName = z
  .string()
  .max(100, { error: ({ input }) => `a name of ${String(input).length} characters is too long: 100 is the most` })
  .refine((name) => !isDeviceName(name), {
    error: ({ input }) => `${JSON.stringify(input)} cannot be a name: for Windows it is a device, not a file`,
  });

/** A name that becomes a part of file names, labels and URLs. */
export const safeName = fileName.regex(/^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?$/, {
  error: ({ input }) =>
    `${JSON.stringify(input)} cannot be a name: use letters, digits, "-", "_" and ".", starting with a letter or digit`,
});

/** The name of an alert: Prometheus takes any text, but it also names a page and stands in URLs. */
export const alertName = fileName.regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, {
  error: ({ input }) =>
    `${JSON.stringify(input)} cannot name an alert: use letters, digits, "_" and "-", as in "InventoryLow"`,
});

export const metricName = z.string().regex(/^(?!__)[^\0\n]+$/u, {
  error: ({ input }) => `Prometheus refuses the metric name ${JSON.stringify(input)}`,
});

export const labelName = z.string().regex(/^(?!__)[^\0\n]+$/u, {
  error: ({ input }) =>
    `Prometheus refuses the label name ${JSON.stringify(input)}${String(input).startsWith("__") ? ": names that begin with __ are its own" : ""}`,
});

/** Labels that are attached by hand: names and literal values. */
export const staticLabels = z.record(labelName, z.string());

/** A duration that may be zero. */
export const duration = z.string().refine((text) => parseDuration(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is not a duration: write it like "30s", "5m" or "1h30m"`,
});

/** A duration that must be longer than nothing. */
export const positiveDuration = duration.refine((text) => parseDuration(text) !== 0, {
  error: "must be longer than zero",
});

export const quantity = z
  .union([z.number(), z.string()])
  .refine((value) => !Number.isNaN(toNumber(value) ?? Number.NaN), {
    error: ({ input }) => `${JSON.stringify(input)} is not a quantity: write a number, "20%", "5m" or "2GiB"`,
  });

/** The path of a file on the server that reads the configuration: where a secret is, never the secret. */
export const secretFile = z
  .string()
  .min(1)
  .refine((path) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(path) && !/[\n\0]/.test(path), {
    error: "secrets are references only: name the file on the server that holds it, not the secret itself",
  });

/** A web address without credentials in it. */
export const webUrl = z.string().superRefine((text, context) => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    context.addIssue({
      code: "custom",
      message: `${JSON.stringify(text)} is not a URL: write it in full, like "https://shop.example/"`,
    });
    return;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    context.addIssue({
      code: "custom",
      message: `${JSON.stringify(text)} is not a web address: it must begin with http:// or https://`,
    });
  }
  if (url.username !== "" || url.password !== "") {
    context.addIssue({
      code: "custom",
      message: "secrets are references only: this address carries a user name or password",
    });
  }
});

/** `host:port`. */
export const hostPort = z.string().regex(/^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@]+):\d{1,5}$/, {
  error: ({ input }) => `${JSON.stringify(input)} is not an address: write host:port`,
});

/** A definition of this kind, as its factory returned it. */
export function definitionOf(kind: DefinitionKind): z.ZodType {
  return z.custom((value) => isDefinition(value, kind), {
    error: ({ input }) => `expected what ${FACTORIES[kind]} returns, got ${describe(input)}`,
  });
}

export const FACTORIES: Readonly<Record<DefinitionKind, string>> = {
  Team: "team()",
  Receiver: "slack(), pagerduty() or another receiver",
  TimeInterval: "timeInterval()",
  Metric: "counter(), gauge() or another metric",
  Service: "service()",
  RecordingRule: "record()",
  RuleGroup: "ruleGroup()",
  AlertingRule: "alert()",
  Threshold: "threshold()",
  Dashboard: "dashboard()",
  Environment: "environment()",
};

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return isDefinition(value)
    ? `the ${value.kind} "${value.name}"`
    : Array.isArray(value)
      ? "a list"
      : `a ${typeof value}`;
}
