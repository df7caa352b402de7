import { describe, expect, it } from "vitest";
import { type NotificationData, notificationData } from "../../src/gotemplate/notification/data.ts";
import { fingerprint } from "../../src/gotemplate/notification/fingerprint.ts";
import {
  type NotificationTemplates,
  readNotificationTemplates,
  renderNotification,
} from "../../src/gotemplate/notification/render.ts";
import { renderRouteLabels } from "../../src/gotemplate/notification/route-labels.ts";
import { isMistake } from "../../src/gotemplate/parse/ast.ts";
import { GROUP, RESOLVED } from "./notification-examples.ts";

function templatesOf(...texts: string[]): NotificationTemplates {
  const templates = readNotificationTemplates(texts.map((text, i) => ({ name: `${i}.tmpl`, text })));
  if (isMistake(templates)) throw new Error(templates.message);
  return templates;
}

const plain = templatesOf();

function render(text: string, { data = GROUP, html = false, templates = plain, now = 0 } = {}): string {
  const rendered = renderNotification(templates, text, data, { html, now });
  return isMistake(rendered) ? rendered.message : rendered;
}

const use = (name: string) => `{{ template "${name}" . }}`;

describe("the default templates", () => {
  it.each([
    ["slack.default.title", "[FIRING:1] StockLow fra (warning mugs & <cups>)"],
    [
      "slack.default.titlelink",
      "https://alerts.shop.example/?a=1&b='2'/#/alerts?receiver=storefront+%5C%28slack%5C%29",
    ],
    ["slack.default.color", "danger"],
    ["slack.default.text", ""],
    ["pagerduty.default.client", "Alertmanager"],
    ["email.default.subject", "[FIRING:1] StockLow fra (warning mugs & <cups>)"],
    ["jira.default.priority", "Medium"],
  ])("%s", (name, expected) => {
    expect(render(use(name))).toBe(expected);
  });

  it("tell of what is over", () => {
    expect(render(use("slack.default.title"), { data: RESOLVED })).toBe("[RESOLVED]  ");
    expect(render(use("slack.default.color"), { data: RESOLVED })).toBe("good");
    expect(render(use("jira.default.priority"), { data: RESOLVED })).toBe("High");
  });

  it("list alerts with labels, annotations and source", () => {
    expect(render(use("wechat.default.message"))).toBe(`[FIRING:1] StockLow fra (warning mugs & <cups>)
https://runbooks.shop.example/stock Only 9 "left" <soon>
Alerts Firing:
Labels:
 - alertname = StockLow
 - severity = warning
 - sku = mug
 - warehouse = fra
Annotations:
 - summary = Only 9 <left> of 'mug' + more
Source: https://prometheus.shop.example/graph?g0.expr=up+%3D%3D+0&g0.tab=1

Alerts Resolved:
Labels:
 - alertname = StockLow
 - severity = info
 - sku = cup
 - warehouse = fra
Annotations:
Source: javascript:alert(1)

AlertmanagerUrl:
https://alerts.shop.example/?a=1&b='2'/#/alerts?receiver=storefront+%5C%28slack%5C%29`);
  });

  it("can be replaced", () => {
    const templates = templatesOf(
      '{{ define "__subject" }}{{ .Status }} in the shop{{ end }}',
      '{{ define "__subject" }} {{ end }}',
    );
    expect(render(use("slack.default.title"), { templates })).toBe("firing in the shop");
  });
});

describe("the body of a mail", () => {
  it("lets no value end what it stands in", () => {
    expect(render('<b title="{{ .CommonLabels.team }}">{{ .CommonLabels.team }}</b>', { html: true })).toBe(
      '<b title="mugs &amp; &lt;cups&gt;">mugs &amp; &lt;cups&gt;</b>',
    );
    expect(render('<a href="/?team={{ .CommonLabels.team }}">', { html: true })).toBe(
      '<a href="/?team=mugs%20%26%20%3ccups%3e">',
    );
  });

  it("leads to no script", () => {
    const links = render('{{ range .Alerts }}<a href="{{ .GeneratorURL }}">{{ end }}', { html: true });
    expect(links).toContain('href="https://prometheus.shop.example/graph?g0.expr=up&#43;%3D%3D&#43;0&amp;g0.tab=1"');
    expect(links).toContain('href="#ZgotmplZ"');
  });

  it("is the default with every label and annotation", () => {
    const page = render(use("email.default.html"), { html: true });
    expect(page).toContain("<title>[FIRING:1] StockLow fra (warning mugs &amp; &lt;cups&gt;)</title>");
    expect(page).toContain("summary = Only 9 &lt;left&gt; of &#39;mug&#39; &#43; more<br");
    expect(page.match(/<(?:strong|td|tr)\b/g)?.length).toBe(page.match(/<\/(?:strong|td|tr)>/g)?.length);
  });

  it("is refused where its context cannot be told, or is a script", () => {
    expect(render('{{ if .Status }}<b>{{ else }}<a href="{{ end }}', { html: true })).toMatch(
      /^html\/template::1:6: \{\{if\}\} branches end in different contexts/,
    );
    expect(render("<script>var status = {{ .Status }}</script>", { html: true })).toContain("appears in a script");
  });
});

describe("the data of a group", () => {
  const alert = (sku: string, status: "firing" | "resolved") => ({
    status,
    labels: { alertname: "StockLow", sku, warehouse: "fra" },
    annotations: { summary: "low" },
    startsAt: 0,
  });
  const data: NotificationData = notificationData({
    receiver: "storefront (slack)",
    alerts: [alert("mug", "resolved"), alert("cup", "firing")],
    groupLabels: { alertname: "StockLow" },
    externalURL: "https://alerts.shop.example",
  });

  it("holds what its alerts have in common", () => {
    expect(data.commonLabels).toEqual({ alertname: "StockLow", warehouse: "fra" });
    expect(data.commonAnnotations).toEqual({ summary: "low" });
    expect(data.status).toBe("firing");
    expect(data.receiver).toBe("storefront \\(slack\\)");
  });

  it("tells alerts apart as Alertmanager does", () => {
    expect(fingerprint({})).toBe("cbf29ce484222325");
    expect(render("{{ range .Alerts }}{{ .Fingerprint }} {{ end }}", { data })).toBe(
      `${fingerprint({ alertname: "StockLow", sku: "mug", warehouse: "fra" })} ${fingerprint({ warehouse: "fra", sku: "cup", alertname: "StockLow" })} `,
    );
  });
});

describe("labels of a route", () => {
  it("are at hand in every text", () => {
    const data = { ...GROUP, routeLabels: { team: "storefront" } };
    expect(render('{{ routeLabels "team" }}{{ routeLabels "nope" }} {{ .RouteLabels.team }}', { data })).toBe(
      "storefront storefront",
    );
  });

  it("may refer to the group and to each other, but not in a circle", () => {
    const labels = {
      warehouse: "{{ .GroupLabels.warehouse }}",
      team: 'storefront-{{ routeLabels "warehouse" }}',
      a: '{{ routeLabels "b" }}',
      b: '{{ routeLabels "a" }}',
    };
    const rendered = renderRouteLabels(plain, labels, GROUP, { now: 0 });
    expect(rendered).toMatchObject({ warehouse: "fra", team: "storefront-fra" });
    expect(isMistake(rendered.a) && rendered.a.message).toContain("route label cycle detected: a -> b -> a");
  });
});

it("the time of a notification is what `now` and `since` go by", () => {
  const now = Date.UTC(2024, 4, 6, 13);
  expect(render('{{ now.UTC | date "15:04" }} {{ since (index .Alerts 0).StartsAt }}', { now })).toBe(
    "13:00 59m59.877s",
  );
});

it.each([
  ["Europe/Berlin", "2024-01-15", "2024-01-15 01:00 CET +0100"],
  ["Europe/Berlin", "2024-07-15", "2024-07-15 02:00 CEST +0200"],
  ["America/New_York", "2024-07-15", "2024-07-14 20:00 EDT -0400"],
  ["Asia/Kolkata", "2024-07-15", "2024-07-15 05:30 IST +0530"],
  ["America/Sao_Paulo", "2024-07-15", "2024-07-14 21:00 -03 -0300"],
])("in %s it is another time (%s)", (zone, day, expected) => {
  expect(render(`{{ toDate "2006-01-02" "${day}" | tz "${zone}" | date "2006-01-02 15:04 MST -0700" }}`)).toBe(
    expected,
  );
});
