import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../../src/emit/templates.ts";
import {
  type NotificationAlert,
  type NotificationData,
  notificationData,
} from "../../../src/gotemplate/notification/data.ts";
import { readNotificationTemplates, renderNotification } from "../../../src/gotemplate/notification/render.ts";
import { isMistake } from "../../../src/gotemplate/parse/ast.ts";
import { buildTexts, inShort, SHOP } from "../../helpers/workspace.ts";
import { absent, render } from "./amtool.ts";

const FILE = loadTemplates("/nowhere").notification({});
const templates = readNotificationTemplates([{ name: "tocsin.tmpl", text: FILE }]);
if (isMistake(templates)) throw new Error(templates.message);

const T0 = Date.parse("2026-03-01T08:00:00Z");

const low = (sku: string, more: Partial<NotificationAlert> = {}): NotificationAlert => ({
  status: "firing",
  labels: { alertname: "InventoryLow", sku, service: "catalog", severity: "ticket" },
  annotations: {
    summary: `Only 9 of ${sku} left`,
    description: "Reorder <soon> & tell the buyer.",
    runbook_url: "https://runbooks.shop.example/InventoryLow",
  },
  startsAt: T0,
  ...more,
});

const gone = (sku: string) => low(sku, { status: "resolved", endsAt: T0 + 60_000 });
const foreign = low("x", { labels: { alertname: "NodeDown" }, annotations: {} });

function group(alerts: readonly NotificationAlert[]): NotificationData {
  return notificationData({ receiver: "storefront-ticket", alerts, groupLabels: {}, externalURL: "http://am.example" });
}

/** What a reader gets of a text. */
function read(name: string, alerts: readonly NotificationAlert[], html = false): string {
  const text = renderNotification(templates as never, `{{ template "tocsin.${name}" . }}`, group(alerts), {
    html,
    now: 0,
  });
  if (typeof text !== "string") throw new Error(text.message);
  return text;
}

describe("the texts that come with tocsin", () => {
  it.each([
    ["one alert", [low("mug")], "Only 9 of mug left"],
    ["several alerts", [low("mug"), low("cup")], "(2) InventoryLow"],
    ["an end", [gone("mug")], "Resolved: Only 9 of mug left"],
    ["alerts of several names", [low("mug"), foreign], "(2) Several alerts"],
    ["an alert from elsewhere", [foreign], "NodeDown"],
  ] as const)("call %s in one line", (_, alerts, title) => {
    expect(read("title", alerts)).toBe(title);
  });

  it("lead to the runbook, or else to Alertmanager", () => {
    expect(read("link", [low("mug")])).toBe("https://runbooks.shop.example/InventoryLow");
    expect(read("link", [foreign])).toBe("http://am.example");
  });

  it("say of each alert what it is and what to do, and what is over", () => {
    expect(read("text", [low("mug"), foreign, gone("cup")])).toMatchInlineSnapshot(`
      "- Only 9 of mug left
        Reorder <soon> & tell the buyer.
        What to do: https://runbooks.shop.example/InventoryLow
      - NodeDown
      Resolved:
      - Only 9 of cup left"
    `);
  });

  it("count what would be too long to read", () => {
    const many = Array.from({ length: 30 }, (_, i) => low(`sku ${i}`));
    const lines = read("text", many).split("\n");
    expect(lines.filter((line) => line.startsWith("- Only"))).toHaveLength(20);
    expect(lines.at(-1)).toBe("- and others: 30 in all");
  });

  it("escape in a mail what alerts say", () => {
    expect(read("html", [low("<b>mug</b>")], true)).toContain("<b>Only 9 of &lt;b&gt;mug&lt;/b&gt; left</b>");
  });

  it.skipIf(absent !== undefined).each([
    ["title", false],
    ["text", false],
    ["link", false],
    ["html", true],
  ] as const)(`come out of amtool: %s${absent === undefined ? "" : ` (${absent})`}`, (name, html) => {
    const { accepted, output } = render(FILE, `{{ template "tocsin.${name}" . }}`, html);
    expect(output).not.toContain("no value");
    expect(accepted, output).toBe(true);
  });
});

describe("a project's own file", () => {
  it("takes the place of ours, with its own square brackets and Handlebars", async () => {
    const { file, diagnostics } = await buildTexts({
      "monitors/shop.ts": SHOP,
      "templates/notification.tmpl.hbs": `{{#each ${"this"}}}{{/each}}[[ define "tocsin.title" ]][[ .Status ]][[ end ]][[ define "tocsin.text" ]]x[[ end ]][[ define "tocsin.link" ]]x[[ end ]][[ define "tocsin.html" ]]x[[ end ]]`,
    });
    expect(diagnostics.map(inShort)).toEqual([]);
    expect(file("alertmanager/templates/tocsin.tmpl")).toContain('{{ define "tocsin.title" }}{{ .Status }}{{ end }}');
  });

  it("is refused where Alertmanager could not read it, or where a receiver refers to what it lacks", async () => {
    const built = (text: string) =>
      buildTexts({
        "monitors/shop.ts": `${SHOP}export const other = team("other", { page: slack("#x", { apiUrlFile: "/s" }), ticket: webhook("y", { url: "http://y.example/", payload: { a: '{{ template "own" . }}' } }) });`,
        "templates/notification.tmpl.hbs": text,
      });
    const broken = await built('[[ define "tocsin.title" ]][[ if ]]');
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(["notification/template"]);
    expect(broken.files).toEqual([]);
    const lacking = await built('[[ define "tocsin.title" ]]a[[ end ]]');
    expect(lacking.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'notification/undefined: receiver "#x" refers to the template "tocsin.link", which nothing defines',
      'notification/undefined: receiver "#x" refers to the template "tocsin.text", which nothing defines',
      'notification/undefined: receiver "y" refers to the template "own", which nothing defines',
    ]);
    expect(lacking.files).toEqual([]);
  });
});
