/**
 * Holds the simulator against a real Alertmanager: random routes, inhibit rules, silences, hours and posts, side by side in
 * one run of half a minute, each under a label of its own.
 *
 *     node test/run.mjs test/differential/alertmanager.ts [SEED [CASES [SECOND]]]
 *
 * The hours change with the minute of the day: SECOND is the second of a minute at which to start, to repeat a run exactly.
 * TOCSIN_ALERTMANAGER names the server. Prints what differs, then `N same, N differ`. Everything happens on whole seconds,
 * and groups are flushed half a second later, so that only a machine that stands still for long can upset it: then it says so.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import type { Silence } from "../../src/alertmanager/silence/silence.ts";
import { Simulator } from "../../src/alertmanager/simulate/simulator.ts";
import type { LabelSet } from "../../src/label/label-set.ts";
import { groupBy } from "../../src/util/group-by.ts";
import { type Case, randomCases } from "./alertmanager-cases.ts";

const SECONDS = 26;
const LATE = 350;

interface Received {
  readonly status: string;
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: string;
  readonly endsAt: string;
}

interface Told {
  readonly at: number;
  readonly path: string;
  readonly what: string;
}

const [seed = "1", count = "60", second] = process.argv.slice(2);
const program = process.env.TOCSIN_ALERTMANAGER ?? "alertmanager";
const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));

const told: Told[] = [];
let start = 0;
const receiver = createServer((request, response) => {
  const at = Date.now();
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const message = JSON.parse(body);
    const alerts = (message.alerts as readonly Received[]).map(
      ({ status, labels, annotations, startsAt, endsAt }) =>
        `${status === "firing" ? "+" : "-"}${inShort(labels)} ${inShort(annotations)} ${since(Date.parse(startsAt))}${
          status === "firing" ? "" : `..${since(Date.parse(endsAt))}`
        }`,
    );
    const what = `${message.groupKey} ${message.status} ${alerts.join(", ")} and ${message.truncatedAlerts} more`;
    told.push({ at, path: request.url ?? "", what });
    response.end();
  });
});
// A connection that is closed just when it is used again would lose a notification, or double it.
receiver.keepAliveTimeout = 0;
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const { port } = receiver.address() as AddressInfo;

// The next whole second that leaves time for the server to start.
start = Math.ceil(Date.now() / 1000 + 6) * 1000;
if (second !== undefined) while ((start / 1000) % 60 !== Number(second)) start += 1000;
const cases = randomCases(Number(seed), Number(count), SECONDS, start);
const config = configOf(cases, `http://127.0.0.1:${port}`);
writeFileSync(join(folder, "alertmanager.yml"), config);

const web = `127.0.0.1:${await freePort()}`;
const server = spawn(
  program,
  [
    `--config.file=${folder}/alertmanager.yml`,
    `--storage.path=${folder}/data`,
    `--web.listen-address=${web}`,
    "--cluster.listen-address=",
    `--web.external-url=http://${web}`,
  ],
  { stdio: "ignore" },
);
let late = 0;
try {
  await ready();
  for (const { silences } of cases) for (const silence of silences) await postSilence(silence);
  if (Date.now() > start) late = Date.now() - start;
  for (let at = 0; at <= SECONDS; at++) {
    await sleep(Math.max(0, start + at * 1000 - Date.now()));
    const posts = cases.flatMap((one) => one.posts.filter((post) => post.second === at));
    if (posts.length > 0)
      await post(
        "/api/v2/alerts",
        posts.map(({ labels, annotations, startsAt, endsAt }) => ({
          labels,
          annotations,
          startsAt: new Date(startsAt).toISOString(),
          endsAt: endsAt === undefined ? undefined : new Date(endsAt).toISOString(),
        })),
      );
    late = Math.max(late, Date.now() - (start + at * 1000));
  }
  await sleep(800);
} finally {
  server.kill();
  // It writes its data at the end.
  if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
}

let same = 0;
let differ = 0;
let unclear = 0;
const { expected, flushes } = foresee();
for (const { name, posts } of cases) {
  const mine = expected.filter(({ path }) => path.startsWith(`/${name}/`));
  // What is flushed on a whole second races with what is posted then, and with the silences that begin or end.
  if ([...mine.map(({ at }) => at), ...(flushes.get(name) ?? [])].some(isOnSecond)) {
    unclear++;
    continue;
  }
  const theirs = told.filter(({ path }) => path.startsWith(`/${name}/`));
  const unexpected = [...theirs];
  const missing = mine.filter((one) => {
    const at = unexpected.findIndex((other) => isSame(one, other));
    if (at !== -1) unexpected.splice(at, 1);
    return at === -1;
  });
  if (missing.length + unexpected.length === 0) {
    same += mine.length;
    continue;
  }
  differ++;
  console.log(
    `${name}:\n  ${config
      .split("\n")
      .filter((text) => text.includes(`case="${name}"`))
      .join("\n  ")}`,
  );
  for (const one of missing) console.log(`  only foreseen: ${line(one)}`);
  for (const one of unexpected) console.log(`  only received: ${line(one)}`);
  for (const { second, labels, startsAt, endsAt } of posts)
    console.log(
      `  posted: ${second} ${inShort(labels)} ${since(startsAt)}..${endsAt === undefined ? "" : since(endsAt)}`,
    );
}
console.log(
  `${same} notifications same; of ${cases.length} cases ${differ} differ, ${unclear} left out; started at second ${(start / 1000) % 60}`,
);
if (late > LATE) console.log(`The machine was up to ${late} ms late: differences may come from that.`);
process.exitCode = differ === 0 ? 0 : 1;

function isOnSecond(at: number): boolean {
  return Math.abs(((at - start) % 1000) - 500) > 100;
}

/** What the simulator says of the same posts, and by case when something was kept back. */
function foresee(): { readonly expected: readonly Told[]; readonly flushes: ReadonlyMap<string, readonly number[]> } {
  const { config: read, diagnostics } = readConfig(config);
  if (read === undefined) throw new Error(JSON.stringify(diagnostics.map(({ message }) => message)));
  const silences = cases.flatMap((one) => one.silences);
  const simulator = new Simulator(read, { start: start - 5000, silences });
  for (const one of cases)
    for (const { second, ...post } of one.posts) simulator.deliver({ at: start + second * 1000, ...post });
  const expected = simulator.advance(start + SECONDS * 1000 + 700).map((one) => {
    const alerts = one.alerts.map(
      ({ status, labels, annotations, startsAt, endsAt }) =>
        `${status === "firing" ? "+" : "-"}${inShort(labels)} ${inShort(annotations)} ${since(startsAt)}${
          endsAt === undefined ? "" : `..${since(endsAt)}`
        }`,
    );
    const { url } =
      read.receivers.find(({ name }) => name === one.receiver)?.webhook_configs[one.integration.index] ?? {};
    return {
      at: one.at,
      path: new URL(url ?? "").pathname,
      what: `${one.groupKey} ${one.status} ${alerts.join(", ")} and ${one.truncated} more`,
    };
  });
  const kept = groupBy(simulator.timeline().suppressions, ({ labels }) => labels.case ?? "");
  const flushes = new Map([...kept].map(([name, all]) => [name, all.map(({ from }) => from)]));
  return { expected, flushes };
}

/** A notification may come late, but before the next flush. */
function isSame(ours: Told, theirs: Told): boolean {
  return ours.path === theirs.path && ours.what === theirs.what && Math.abs(theirs.at - ours.at) < 700;
}

function line({ at, path, what }: Told): string {
  return `${(at - start) / 1000} ${path} ${what}`;
}

/** Seconds since the start; the server takes a moment where it sets a time itself. */
function since(at: number): number {
  return Math.floor((at - start) / 250) / 4;
}

function inShort(labels: Readonly<Record<string, string>>): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}=${labels[name]}`)
    .join(" ");
}

function configOf(cases: readonly Case[], url: string): string {
  const receivers = cases.flatMap((one) => one.receivers);
  return `global: { resolve_timeout: 3250ms }
route:
  receiver: nobody
  routes:
${cases.map(({ route }) => `  - ${route}`).join("\n")}
inhibit_rules:
${cases.flatMap(({ inhibits }) => inhibits.map((rule) => `- ${rule}`)).join("\n")}
time_intervals:
${(cases[0] as Case).intervals.map((interval) => `- ${interval}`).join("\n")}
receivers:
- name: nobody
${receivers.map((one) => `- ${one.replaceAll("URL", url)}`).join("\n")}
`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ready(): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://${web}/-/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
}

async function post(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`http://${web}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

function postSilence({ matchers, startsAt, endsAt }: Silence): Promise<void> {
  return post("/api/v2/silences", {
    matchers: matchers.map(({ name, op, value }) => ({
      name,
      value,
      isEqual: !op.startsWith("!"),
      isRegex: op.endsWith("~"),
    })),
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    createdBy: "desk",
    comment: "stocktaking",
  });
}
