/**
 * The whole configuration of Alertmanager 0.34: read, filled with defaults, and checked. It is refused exactly where
 * `amtool check-config` refuses it, but with all problems at once.
 * https://prometheus.io/docs/alerting/latest/configuration/
 */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { sortDiagnostics } from "../../diagnostic/diagnostic.ts";
import { readYaml, type YamlNode } from "../../yaml/read.ts";
import { list, optional, Reading, readShape, type Shaped, struct, text } from "../../yaml/shape.ts";
import type { MatcherMode } from "../matcher/parse-matchers.ts";
import { checkReferences } from "./check-references.ts";
import { eventRecorderConfig } from "./event-recorder.ts";
import { DEFAULT_GLOBAL, globalConfig } from "./global.ts";
import { inherit } from "./inherit.ts";
import { inhibitRuleShape } from "./inhibit-rule.ts";
import { RECEIVER_KINDS, type ReceiverConfig, type ReceiverKind, receiverConfig } from "./receiver.ts";
import { routeShape } from "./route.ts";
import { namedTimeInterval } from "./time-interval.ts";
import { tracingConfig } from "./tracing.ts";

/** A configuration as it is written, with the defaults of its fields. */
export type WrittenConfig = Shaped<ReturnType<typeof configShape>>;

/** A configuration that Alertmanager would run with: every receiver has inherited what it leaves out. */
export type AlertmanagerConfig = WrittenConfig & {
  readonly global: Shaped<typeof globalConfig>;
  readonly route: NonNullable<WrittenConfig["route"]>;
};

export interface ReadConfig {
  /** There unless an error was found. */
  readonly config: AlertmanagerConfig | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the parts of the configuration stand, for checks that come later. */
  readonly reading: Reading;
}

export interface ReadOptions {
  /** The path that diagnostics name. */
  readonly file?: string | undefined;
  readonly mode?: MatcherMode | undefined;
}

const shapes = new Map<MatcherMode, ReturnType<typeof configShape>>();

/** Reads and checks an alertmanager.yml. */
export function readConfig(source: string, { file, mode = "fallback" }: ReadOptions = {}): ReadConfig {
  const { root, diagnostics } = readYaml(source, file);
  const reading = new Reading(source, file);
  if (diagnostics.some(({ severity }) => severity === "error"))
    return { config: undefined, diagnostics: sortDiagnostics(diagnostics), reading };
  return readParsed(root, reading, mode, diagnostics);
}

/** Reads and checks what an alertmanager.yml holds, which nobody needs to have printed. */
export function readConfigNode(root: YamlNode): ReadConfig {
  return readParsed(root, new Reading("", undefined), "fallback", []);
}

function readParsed(
  root: YamlNode | undefined,
  reading: Reading,
  mode: MatcherMode,
  before: readonly Diagnostic[],
): ReadConfig {
  let shape = shapes.get(mode);
  if (shape === undefined) {
    shape = configShape(mode);
    shapes.set(mode, shape);
  }
  const written = root === undefined ? shape.zero : readShape(shape, root, reading);
  const global = written.global ?? DEFAULT_GLOBAL;
  const receivers = written.receivers.map((receiver) => inheritAll(receiver, global, reading));
  checkReferences(written, reading);
  const { route } = written;
  const diagnostics = sortDiagnostics([...before, ...reading.diagnostics]);
  const isWrong = route === undefined || diagnostics.some(({ severity }) => severity === "error");
  return { config: isWrong ? undefined : { ...written, global, receivers, route }, diagnostics, reading };
}

function configShape(mode: MatcherMode) {
  return struct("alertmanager.yml", {
    global: optional(globalConfig),
    route: optional(routeShape(mode)),
    inhibit_rules: list(inhibitRuleShape(mode)),
    receivers: list(receiverConfig),
    templates: list(text),
    mute_time_intervals: list(namedTimeInterval),
    time_intervals: list(namedTimeInterval),
    tracing: tracingConfig,
    event_recorder: eventRecorderConfig,
  });
}

function inheritAll(receiver: ReceiverConfig, global: Shaped<typeof globalConfig>, reading: Reading): ReceiverConfig {
  const filled: Record<string, unknown> = { ...receiver };
  for (const kind of Object.keys(RECEIVER_KINDS) as ReceiverKind[]) {
    const field = `${kind}_configs` as const;
    filled[field] = receiver[field].map((config, index) => {
      if (config !== undefined) return inherit(kind, config, global, reading);
      reading.error(reading.placeOf(receiver, field), {
        code: "alertmanager/missing",
        message: `${field}[${index}] is empty.`,
        help: `Write what a ${kind}_config needs, or remove the dash.`,
      });
      return undefined;
    });
  }
  reading.same(filled, receiver);
  return filled as ReceiverConfig;
}
