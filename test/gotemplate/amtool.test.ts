import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { NotificationData } from "../../src/gotemplate/notification/data.ts";
import { DEFAULT_TEMPLATE_NAMES } from "../../src/gotemplate/notification/defaults.ts";
import { readNotificationTemplates, renderNotification } from "../../src/gotemplate/notification/render.ts";
import { isMistake } from "../../src/gotemplate/parse/ast.ts";
import { FILE, GROUP, PAGES, RESOLVED, TEXTS } from "./notification-examples.ts";

const AMTOOL = process.env.AMTOOL ?? "amtool";
const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "shop.tmpl"), FILE);

// Older versions lack functions and default templates.
const absent =
  render('{{ dict "a" 1 }}{{ base64encode "" }}', GROUP, false) === undefined
    ? "amtool 0.34 is not installed"
    : undefined;

const templates = readNotificationTemplates([{ name: "shop.tmpl", text: FILE }]);
/** All default templates as one text, so that one run of amtool does for them. */
const defaults = (names: readonly string[]) => [
  names
    .map((name) => `${name}: {{ template "${name}" ${/^__text|instances$/.test(name) ? ".Alerts" : "."} }}`)
    .join("\n"),
];

describe.skipIf(absent !== undefined)(`beside amtool${absent === undefined ? "" : ` (${absent})`}`, () => {
  it.each([
    ["default templates", defaults(DEFAULT_TEMPLATE_NAMES.filter((name) => name !== "email.default.html")), false],
    ["default templates in mails", defaults(DEFAULT_TEMPLATE_NAMES), true],
    ["texts", TEXTS, false],
    ["pages", PAGES, true],
  ] as const)(
    "%s come out the same",
    (_, texts, html) => {
      for (const data of [GROUP, RESOLVED]) {
        for (const text of texts) {
          if (isMistake(templates)) throw new Error(templates.message);
          const ours = renderNotification(templates, text, data, { html, now: 0 });
          expect(isMistake(ours) ? undefined : ours, text).toBe(render(text, data, html));
        }
      }
    },
    120_000,
  );
});

/** What amtool makes of a text, or nothing where it complains. */
function render(text: string, data: NotificationData, html: boolean): string | undefined {
  const time = (ms: number | undefined) => new Date(ms ?? Date.parse("0001-01-01T00:00:00Z")).toISOString();
  const alerts = data.alerts.map((alert) => ({ ...alert, startsAt: time(alert.startsAt), endsAt: time(alert.endsAt) }));
  const file = join(folder, "data.json");
  writeFileSync(file, JSON.stringify({ ...data, alerts, notification_reason: data.notificationReason ?? "" }));
  const { status, stdout } = spawnSync(
    AMTOOL,
    [
      ...["template", "render", `--template.glob=${join(folder, "*.tmpl")}`, `--template.text=${text}`],
      ...[`--template.data=${file}`, `--template.type=${html ? "html" : "text"}`],
    ],
    { encoding: "utf8", env: { ...process.env, TZ: "UTC" } },
  );
  return status === 0 ? stdout : undefined;
}
