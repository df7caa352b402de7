import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../../src/alertmanager/config/config.ts";
import { eventRecorderConfig } from "../../../src/alertmanager/config/event-recorder.ts";
import { globalConfig } from "../../../src/alertmanager/config/global.ts";
import { RECEIVER_KINDS } from "../../../src/alertmanager/config/receiver.ts";
import { tracingConfig } from "../../../src/alertmanager/config/tracing.ts";
import { type Built, buildTexts, inShort } from "../../helpers/workspace.ts";
import { absent, checkConfig } from "./amtool.ts";
import { EVERY_RECEIVER, EVERYTHING } from "./everything.ts";

type Fields = Readonly<Record<string, unknown>>;

const FILE = "alertmanager/alertmanager.yml";

/** The fields that a shape of our reader has and a list of written objects has not. */
function unwritten(shape: object, written: readonly object[]): readonly string[] {
  const fields = Object.keys((shape as { readonly fields: object }).fields);
  // A secret is written as the file that it lies in, if at all.
  const secret = (name: string) => fields.includes(`${name}_file`);
  // How a receiver is reached is written the same way for all: the webhook's says it.
  const common = (name: string) => name === "http_config" && fields.includes("send_resolved");
  return fields.filter((name) => !secret(name) && !common(name) && !written.some((one) => name in one));
}

describe("a shop that says everything", () => {
  let built: Built;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was written
  let config: any;
  const integrations = (kind: string) =>
    config.receivers.flatMap((one: Fields) => (one[`${kind}_configs`] as readonly object[] | undefined) ?? []);

  it("builds", async () => {
    built = await buildTexts(EVERYTHING);
    config = parse(built.file(FILE));
    expect(built.diagnostics.map(inShort)).toEqual([]);
  });

  it("gives what our own reader takes without a word", () => {
    expect(readConfig(built.file(FILE)).diagnostics.map(({ message }) => message)).toEqual([]);
  });

  it.skipIf(absent !== undefined)(`gives what amtool takes${absent === undefined ? "" : ` (${absent})`}`, () => {
    const beside = built.files
      .filter(({ path }) => path.startsWith("alertmanager/"))
      .map(({ path, text }) => [path.slice("alertmanager/".length), text]);
    expect(checkConfig({ ...Object.fromEntries(beside), "more/own.tmpl": "" })).toMatchObject({ accepted: true });
  });

  it("has a receiver of every kind that Alertmanager knows", () => {
    expect(Object.keys(EVERY_RECEIVER).toSorted()).toEqual(Object.keys(RECEIVER_KINDS).toSorted());
  });

  it.each(Object.entries(RECEIVER_KINDS))("writes every field of %s", (kind, shape) => {
    expect(unwritten(shape, integrations(kind))).toEqual([]);
  });

  it("writes every global setting, tracing and the recorder of events", () => {
    // Alertmanager would let the app go before a receiver's own webhook: receivers name it themselves.
    // A second way to prove oneself to a mail server cannot stand beside the first.
    expect(unwritten(globalConfig, [config.global])).toEqual(["smtp_auth_secret_file", "slack_app_token_file"]);
    expect(unwritten(tracingConfig, [config.tracing])).toEqual([]);
    expect(unwritten(eventRecorderConfig, [config.event_recorder])).toEqual([]);
  });
});
