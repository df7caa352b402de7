/**
 * The end-to-end run: `out/` on a real Prometheus and a real Alertmanager, a shop that gets into trouble, and people who
 * hear of it. `npm run e2e`.
 */
import { Folders } from "./folders.ts";
import { beginLife } from "./life.ts";
import { expectReceiversLoaded, expectRulesHealthy, expectRulesLoaded, expectTargetsUp } from "./loaded.ts";
import { type Output, readOutput } from "./output.ts";
import { checkPorts } from "./ports.ts";
import { expectForeseen } from "./prediction/foreseen.ts";
import { Processes } from "./processes.ts";
import { Receiver } from "./receiver/receiver.ts";
import { alertmanager, alertmanagerArguments } from "./server/alertmanager.ts";
import { chooseEnvironment, findProgram, type Program } from "./server/program.ts";
import { prometheus, prometheusArguments } from "./server/prometheus.ts";
import { SHOP } from "./shop/shop.ts";
import { Steps } from "./steps.ts";
import { playStory } from "./story/story.ts";
import { createWatch, expect, type Watch } from "./wait.ts";

/** The most that a run may take, in seconds; ending everything comes on top. */
const LIMIT = 80;

const root = process.cwd();
const life = beginLife(LIMIT);
const steps = new Steps(life.signal);
const processes = new Processes();
const folders = new Folders();
const receiver = new Receiver();

await steps.chapter(async () => {
  const servers = await steps.step("Prometheus and Alertmanager are here", async () => ({
    prometheus: await findProgram("Prometheus"),
    alertmanager: await findProgram("Alertmanager"),
  }));
  const environment = await steps.step("the shop has an environment that both can read", () =>
    chooseEnvironment(servers.prometheus, servers.alertmanager),
  );
  const output = await steps.step(`out/${environment} is built`, () => readOutput(root, environment));
  const watch = createWatch(life.signal, processes.check);
  await startAll(servers, output, watch);
  await expectLoaded(output, watch);
  const names = output.alertmanager.receivers.map(({ name }) => name);
  await playStory({ steps, watch, receiver, hasReceiver: (name) => names.includes(name) });
  await steps.chapter(() => expectForeseen({ steps, receiver, output }));
});

await processes.end();
receiver.close();
folders.remove();
life.end();
const passed = steps.summary();
process.exit(life.exitCode() ?? (passed && !life.signal.aborted ? 0 : 1));

interface Servers {
  readonly prometheus: Program;
  readonly alertmanager: Program;
}

async function startAll(servers: Servers, output: Output, watch: Watch): Promise<void> {
  await steps.step("the ports are free", checkPorts);
  await steps.step("the shop, the servers and the receiver start", async () => {
    folders.writeSecrets(output.alertmanager);
    await receiver.listen();
    processes.start("The shop", process.execPath, SHOP, root);
    const data = { prometheus: folders.temporary(), alertmanager: folders.temporary() };
    processes.start(
      "Alertmanager",
      servers.alertmanager.path,
      alertmanagerArguments(output.alertmanagerFile, data.alertmanager),
      data.alertmanager,
    );
    processes.start(
      "Prometheus",
      servers.prometheus.path,
      prometheusArguments(output.prometheusFile, data.prometheus),
      data.prometheus,
    );
    await watch.until("Alertmanager to be ready", 20, alertmanager.ready);
    await watch.until("Prometheus to be ready", 20, prometheus.ready);
  });
}

async function expectLoaded(output: Output, watch: Watch): Promise<void> {
  await steps.step("every rule of out/ is loaded, word for word, and no other", () => expectRulesLoaded(output));
  await steps.step("every receiver of out/ is loaded, and no other", () => expectReceiversLoaded(output));
  await steps.step("every target is up", () => watch.until("targets", 15, () => expectTargetsUp(output)));
  await steps.step("every rule is healthy", () => watch.until("evaluations", 15, expectRulesHealthy));
  await steps.step("Prometheus knows Alertmanager", () =>
    watch.until("Alertmanager to be discovered", 10, async () => {
      const known = await prometheus.alertmanagers();
      expect(known.length === 1, `it knows ${known.length}`);
    }),
  );
}
