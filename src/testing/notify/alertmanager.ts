/** A plan's Alertmanager: what is emitted, read back as Alertmanager reads it, so that a test exercises what ships. */
import { readConfig } from "../../alertmanager/config/config.ts";
import type { NotificationTexts } from "../../alertmanager/timeline/texts.ts";
import { emitAlertmanager } from "../../emit/alertmanager/alertmanager.ts";
import { loadTemplates, type Templates } from "../../emit/templates.ts";
import { readNotificationTemplates } from "../../gotemplate/notification/render.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import type { Plan, PlannedReceiver, PrometheusPlan } from "../../plan/plan.ts";
import { memoized } from "../../util/memo.ts";
import type { PlannedWorkspace } from "../scenario/workspace.ts";

export interface PlannedAlertmanager extends NotificationTexts {
  /** What a receiver's integration was defined as; `kind` and `index` as in Alertmanager's `<kind>_configs`. */
  readonly definitionOf: (receiver: string, kind: string, index: number) => Receiver | undefined;
  /** What a receiver of the configuration was made of. */
  readonly definitionsOf: (receiver: string) => readonly Receiver[];
}

/** The Alertmanager of a plan, with the templates of its project. */
export function alertmanagerOf({ plan, root = process.cwd() }: PlannedWorkspace): PlannedAlertmanager {
  return read(plan)(loadTemplates(root));
}

const read = memoized((plan: Plan) =>
  memoized((texts: Templates): PlannedAlertmanager => {
    const [main, ...others] = emitAlertmanager(plan, texts);
    if (main === undefined) throw new Error("a plan without alertmanager.yml");
    const { config, diagnostics } = readConfig(main.text, { file: main.path });
    const templates = readNotificationTemplates(
      others.map(({ path, text }) => ({ name: path.split("/").at(-1) ?? path, text })),
    );
    if (config === undefined)
      throw new Error(`Alertmanager would refuse alertmanager.yml:\n${diagnostics.map((one) => `- ${one.message}`)}`);
    if (templates.kind !== "notification templates")
      throw new Error(`Alertmanager would refuse the templates of notifications: ${templates.message}`);
    const receivers = new Map(plan.alertmanager.receivers.map((receiver) => [receiver.name, receiver]));
    return {
      config,
      templates,
      externalURL: addressOf(plan.prometheus),
      definitionOf: (name, kind, index) => ofKind(receivers.get(name), kind)[index],
      definitionsOf: (name) => receivers.get(name)?.integrations.map(({ definition }) => definition) ?? [],
    };
  }),
);

function ofKind(receiver: PlannedReceiver | undefined, kind: string): readonly Receiver[] {
  return (receiver?.integrations ?? []).map(({ definition }) => definition).filter(({ type }) => type === kind);
}

/** Nothing says at which address people reach Alertmanager; Prometheus's is the nearest that is known. */
function addressOf({ global }: PrometheusPlan): string {
  return `${global.alertmanagerScheme ?? "http"}://${global.alertmanagers?.find((one) => typeof one === "string") ?? "alertmanager:9093"}`;
}
