/**
 * Holds the simulator against a real Alertmanager: random routes, alerts, silences and inhibit rules run on both, with
 * waits of seconds, and a webhook notes what it really gets.
 *
 *     node test/run.mjs test/conformance/alertmanager.ts PATH/TO/alertmanager [SEED] [CASES]
 *
 * Prints every case whose notifications differ, then `N passed, N failed`. Takes about half a minute, whatever the cases.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Delivery } from "../../src/alertmanager/alert/alert.ts";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import type { Notification } from "../../src/alertmanager/notify/notification.ts";
import type { Silence } from "../../src/alertmanager/silence/silence.ts";
import { Simulator } from "../../src/alertmanager/simulate/simulator.ts";

const [binary, seed = "1", cases = "100"] = process.argv.slice(2);
if (binary === undefined)
  throw new Error("usage: node test/run.mjs test/conformance/alertmanager.ts BINARY [SEED] [CASES]");

/** How long the scenarios run, and how far a notification may be off, in milliseconds. */
const LENGTH = 25_000;
const TOLERANCE = 250;

let state = (Number(seed) * 2_654_435_761) >>> 0 || 1;
function random(below: number): number {
  state ^= state << 13;
  state >>>= 0;
  state ^= state >>> 17;
  state ^= state << 5;
  state >>>= 0;
  return state % below;
}

interface Case {
  readonly name: string;
  readonly route: string;
  readonly receiver: string;
  readonly inhibit: string;
  /** Instants count from the start of the run. */
  readonly posts: readonly Delivery[];
  readonly silences: readonly Silence[];
}

function makeCase(number: number): Case {
  const name = `case-${number}`;
  const wait = 200 + random(20) * 150;
  const interval = 1100 + random(15) * 230;
  // Never close to a multiple of the interval, where milliseconds decide.
  const repeat = interval * (1 + random(5)) + 300 + random(interval - 600);
  const groupBy = [["alertname"], ["alertname", "x"], [], ["..."]][random(4)];
  const muted = random(8) === 0;
  const second = random(4) === 0;
  const lines = [
    `receiver: ${name}`,
    `matchers: ['case="${name}"']`,
    `group_by: ${JSON.stringify(groupBy)}`,
    `group_wait: ${wait}ms`,
    `group_interval: ${interval}ms`,
    `repeat_interval: ${repeat}ms`,
    ...(muted ? ["mute_time_intervals: [always]"] : []),
    // A route below with the same receiver, so that one alert is in two groups.
    ...(second
      ? [`routes: [{ matchers: ['x="1"'], group_wait: ${wait + 350}ms, continue: true }, { matchers: ['x=~"."'] }]`]
      : []),
  ];
  const count = 1 + random(4);
  const posts: Delivery[] = [];
  for (let i = 0; i < count; i++) {
    const severity = ["page", "ticket"][random(2)] as string;
    const labels = { alertname: `A${random(3)}`, case: name, severity, x: String(random(3)) };
    let at = random(60) * 97;
    while (at < LENGTH - 4000) {
      const age = random(3) === 0 ? random(10) * 700 : 0;
      const lasts = 800 + random(40) * 211;
      const kind = random(3);
      const annotations = { n: String(random(3)) };
      if (kind === 0) posts.push({ at, labels, annotations, startsAt: at - age, endsAt: at + lasts });
      else {
        posts.push({ at, labels, annotations, startsAt: at - age, endsAt: at + 60_000 });
        const end = at + lasts;
        if (kind === 1) posts.push({ at: end, labels, annotations, startsAt: at - age, endsAt: end });
        else {
          posts.push({ at: end, labels, annotations: { n: "9" }, startsAt: at - age, endsAt: end + 900 });
          posts.push({ at: end + 1300, labels, annotations, startsAt: at - age, endsAt: end + 700 });
        }
      }
      at += lasts + 2000 + random(60) * 131;
    }
  }
  const start = 500 + random(60) * 173;
  const silence: Silence = {
    id: name,
    matchers: [
      { name: "case", op: "=", value: name },
      { name: "x", op: "=", value: "1" },
    ],
    startsAt: start,
    endsAt: start + 2000 + random(20) * 311,
  };
  const sendResolved = random(3) > 0;
  const hook = `{ url: "http://127.0.0.1:PORT/${name}", send_resolved: ${sendResolved}${random(5) === 0 ? ", max_alerts: 1" : ""} }`;
  const rule = `{ source_matchers: ['case="${name}"', 'severity="page"'], target_matchers: ['case="${name}"', 'severity="ticket"'], equal: [${["alertname", "x", ""][random(3)]}] }`;
  return {
    name,
    route: `{ ${lines.join(", ")} }`,
    receiver: `{ name: ${name}, webhook_configs: [${hook}] }`,
    inhibit: random(2) === 0 ? rule : "",
    posts: posts.filter(({ at }) => at < LENGTH),
    silences: random(4) === 0 ? [silence] : [],
  };
}

function configOf(all: readonly Case[], port: number): string {
  return [
    "route: { receiver: none, routes: [",
    all.map(({ route }) => `  ${route}`).join(",\n"),
    "] }",
    `receivers: [{ name: none }, ${all.map(({ receiver }) => receiver.replace("PORT", String(port))).join(",\n  ")}]`,
    `inhibit_rules: [${all.flatMap(({ inhibit }) => (inhibit === "" ? [] : [inhibit])).join(",\n  ")}]`,
    "time_intervals: [{ name: always, time_intervals: [{}] }]",
    "",
  ].join("\n");
}

/** What both sides say of a notification. */
interface Told {
  readonly at: number;
  readonly group: string;
  readonly what: string;
}

function predict(text: string, { posts, silences }: Case, late: (post: number) => number): readonly Told[] {
  const { config, diagnostics } = readConfig(text);
  if (config === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const simulator = new Simulator(config, { start: -1_000_000, silences });
  for (const [i, post] of posts.entries()) {
    const at = post.at + late(i);
    // What ends when it is posted does so when it is posted late, too.
    simulator.deliver({ ...post, at, endsAt: post.endsAt === post.at ? at : post.endsAt });
  }
  simulator.advance(LENGTH);
  return simulator.timeline().notifications.map((notification) => ({
    at: notification.at,
    group: notification.groupKey,
    what: describe(notification),
  }));
}

function describe({ status, reason, groupKey, alerts, truncated }: Notification): string {
  const list = alerts.map(
    ({ labels, status, annotations }) =>
      `${labels.alertname}/${labels.x}/${labels.severity}=${status}:${annotations.n}`,
  );
  return `${groupKey.replace(/^.*\}:/, "")} ${status} (${reason}) ${list.join(" ")} +${truncated}`;
}

interface WebhookMessage {
  readonly status: string;
  readonly notification_reason?: string;
  readonly groupKey: string;
  readonly truncatedAlerts: number;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

function describeMessage({ status, notification_reason, groupKey, alerts, truncatedAlerts }: WebhookMessage): string {
  const list = alerts.map(
    ({ labels, status, annotations }) =>
      `${labels.alertname}/${labels.x}/${labels.severity}=${status}:${annotations.n}`,
  );
  return `${groupKey.replace(/^.*\}:/, "")} ${status} (${notification_reason}) ${list.join(" ")} +${truncatedAlerts}`;
}

/** Whether a moment's difference in when posts arrive would change what is told. Such cases prove nothing. */
function isShaky(text: string, one: Case): boolean {
  const wanted = predict(text, one, onTime);
  for (let i = 0; i < 12; i++) {
    // All posts a bit early or late, each by itself.
    const late = one.posts.map(() => random(240) - 120);
    if (
      !alike(
        wanted,
        predict(text, one, (post) => late[post] as number),
        2 * TOLERANCE,
      )
    )
      return true;
  }
  return false;
}

const onTime = () => 0;

function alike(wanted: readonly Told[], got: readonly Told[], tolerance: number): boolean {
  const inOrder = (told: readonly Told[]) => [...told].sort((a, b) => compare(a.group, b.group) || a.at - b.at);
  const other = inOrder(got);
  return (
    wanted.length === got.length &&
    inOrder(wanted).every(
      ({ at, what }, i) => what === other[i]?.what && Math.abs(at - (other[i]?.at ?? 0)) < tolerance,
    )
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const received = new Map<string, Told[]>();
let zero = 0;
const hook = createServer((request, response) => {
  const at = Date.now() - zero;
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    response.end();
    const name = (request.url ?? "").slice(1);
    const list = received.get(name) ?? [];
    received.set(name, list);
    const message = JSON.parse(body) as WebhookMessage;
    list.push({ at, group: message.groupKey, what: describeMessage(message) });
  });
});
await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
const port = (hook.address() as AddressInfo).port;

const all: Case[] = [];
for (let i = 0; all.length < Number(cases) && i < 20 * Number(cases); i++) {
  const one = makeCase(i);
  if (!isShaky(configOf([one], port), one)) all.push(one);
}
const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
const file = join(folder, "alertmanager.yml");
writeFileSync(file, configOf(all, port));
let server: ChildProcess | undefined;
try {
  const api = await start();
  zero = Date.now() + 500;
  for (const { posts, silences } of all) {
    for (const post of posts) later(post.at, () => send(`${api}/alerts`, [toApi(post)]));
    for (const silence of silences) later(200, () => send(`${api}/silences`, silenceToApi(silence)));
  }
  await new Promise((resolve) => setTimeout(resolve, LENGTH + 500 + TOLERANCE));
} finally {
  await stop();
  hook.close();
  rmSync(folder, { recursive: true, force: true });
}
report();

async function start(): Promise<string> {
  const listen = `127.0.0.1:${port + 1 > 65_000 ? port - 1 : port + 1}`;
  const flags = ["--config.file", file, "--storage.path", join(folder, "data"), "--web.listen-address", listen];
  server = spawn(binary as string, [...flags, "--cluster.listen-address=", "--log.level=error"], { stdio: "inherit" });
  for (let i = 0; i < 100; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ready = await fetch(`http://${listen}/-/ready`).catch(() => undefined);
    if (ready?.ok) return `http://${listen}/api/v2`;
  }
  throw new Error("Alertmanager does not start");
}

async function stop(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return;
  const gone = new Promise((resolve) => server?.once("exit", resolve));
  server.kill("SIGKILL");
  await gone;
}

function later(offset: number, act: () => Promise<void>): void {
  setTimeout(() => void act().catch(console.error), zero + offset - Date.now());
}

async function send(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) console.log(`${url}: ${response.status} ${await response.text()}`);
}

function time(offset: number): string {
  return new Date(zero + offset).toISOString();
}

function toApi({ labels, annotations, startsAt, endsAt }: Delivery): unknown {
  return { labels, annotations, startsAt: time(startsAt), ...(endsAt === undefined ? {} : { endsAt: time(endsAt) }) };
}

function silenceToApi({ matchers, startsAt, endsAt }: Silence): unknown {
  const list = matchers.map(({ name, value }) => ({ name, value, isRegex: false, isEqual: true }));
  return { matchers: list, startsAt: time(startsAt), endsAt: time(endsAt), createdBy: "test", comment: "test" };
}

function report(): void {
  let passed = 0;
  let notifications = 0;
  for (const one of all) {
    const wanted = predict(configOf([one], port), one, onTime);
    const got = (received.get(one.name) ?? []).filter(({ at }) => at < LENGTH);
    notifications += wanted.length;
    const same = alike(wanted, got, TOLERANCE);
    if (same) {
      passed++;
      continue;
    }
    console.log(`${one.name}: ${one.route} ${one.receiver} ${one.inhibit}`);
    for (const { at, labels, startsAt, endsAt, annotations } of [...one.posts].sort((a, b) => a.at - b.at))
      console.log(
        `  post ${at} ${labels.alertname}/${labels.x}/${labels.severity} ${startsAt}..${endsAt} n=${annotations.n}`,
      );
    for (const { startsAt, endsAt } of one.silences) console.log(`  silence x=1 ${startsAt}..${endsAt}`);
    for (const { at, what } of wanted) console.log(`  predicted ${at} ${what}`);
    for (const { at, what } of got) console.log(`  received  ${at} ${what}`);
  }
  console.log(`${notifications} notifications in ${all.length} cases`);
  console.log(`${passed} passed, ${all.length - passed} failed`);
  process.exitCode = passed === all.length ? 0 : 1;
}
