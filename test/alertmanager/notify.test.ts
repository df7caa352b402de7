import { describe, expect, it } from "vitest";
import { RECEIVER_KINDS, type ReceiverKind } from "../../src/alertmanager/config/receiver.ts";
import { dataOf, webhookMessage } from "../../src/alertmanager/notify/data.ts";
import { renderTexts } from "../../src/alertmanager/notify/render.ts";
import { RENDERED_FIELDS } from "../../src/alertmanager/notify/rendered-fields.ts";
import { type NotificationTemplates, readNotificationTemplates } from "../../src/gotemplate/notification/render.ts";
import { configOf, HOUR, MINUTE, type Stretch, simulate } from "./shop.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const read = readNotificationTemplates([]);
if (read.kind !== "notification templates") throw new Error(read.message);
const templates: NotificationTemplates = read;

const stretches: readonly Stretch[] = [
  ["SoldOut", "mug", "page", 0, 20],
  ["SoldOut", "cup", "page", 0, 90],
];

function notify(source: string) {
  const [first, second] = simulate(stretches, { source, start: NOON, length: HOUR }).notifications;
  if (first === undefined) throw new Error("nobody was told");
  return { first, second, config: configOf(source) };
}

const withReceiver = (fields: string) => `
route: { receiver: "shop (desk)", group_by: [alertname], labels: { runbook: 'https://runbooks.shop.example/{{ .GroupLabels.alertname }}' } }
receivers: [{ name: "shop (desk)", ${fields} }]
`;

it("tells a webhook what Alertmanager tells it", () => {
  const { first, second } = notify(withReceiver("webhook_configs: [{ url: 'http://x/' }]"));
  expect(webhookMessage(first, dataOf(first, templates, "http://alerts.shop.example"))).toEqual({
    receiver: "shop \\(desk\\)",
    status: "firing",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "SoldOut", severity: "page", sku: "cup" },
        annotations: { summary: "SoldOut of cup" },
        startsAt: "2026-03-02T12:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      expect.objectContaining({ labels: { alertname: "SoldOut", severity: "page", sku: "mug" } }),
    ],
    notification_reason: "first notification",
    groupLabels: { alertname: "SoldOut" },
    commonLabels: { alertname: "SoldOut", severity: "page" },
    commonAnnotations: {},
    routeLabels: { runbook: "https://runbooks.shop.example/SoldOut" },
    externalURL: "http://alerts.shop.example",
    version: "4",
    groupKey: '{}:{alertname="SoldOut"}',
    truncatedAlerts: 0,
  });
  expect(second).toMatchObject({ at: NOON + 20.5 * MINUTE, reason: "some alerts resolved", status: "firing" });
  expect(second?.alerts.map(({ status, endsAt }) => [status, endsAt])).toEqual([
    ["firing", undefined],
    ["resolved", NOON + 20 * MINUTE],
  ]);
});

describe("the texts of a notification", () => {
  const texts = (kind: ReceiverKind, fields: string) => {
    const { first, config } = notify(withReceiver(`${kind}_configs: [{ ${fields} }]`));
    const own = config.receivers[0]?.[`${kind}_configs`][0];
    if (own === undefined) throw new Error(kind);
    const data = dataOf(first, templates, "http://alerts.shop.example");
    return Object.fromEntries(
      renderTexts(kind, own, { templates, data, now: first.at }).map((one) => [
        one.path,
        "text" in one ? one.text : one.mistake,
      ]),
    );
  };

  it("are those of the default templates where the configuration says nothing", () => {
    expect(texts("slack", "api_url: 'http://x/', channel: '#shop', text: '{{ len .Alerts }} products'")).toMatchObject({
      channel: "#shop",
      title: "[FIRING:2] SoldOut (page)",
      text: "2 products",
      fallback: expect.stringContaining("[FIRING:2] SoldOut (page)"),
    });
  });

  it("reach into lists and maps of the configuration", () => {
    const rendered = texts(
      "pagerduty",
      "routing_key: k, details: { skus: ['{{ (index .Alerts 0).Labels.sku }}'] }, links: [{ href: 'http://x', text: '{{ .Status }}' }]",
    );
    expect(rendered).toMatchObject({ "details.skus[0]": "cup", "links[0].text": "firing", "details.num_firing": "2" });
  });

  it("of a mail have its headers, and an HTML body in which values are escaped", () => {
    const rendered = texts(
      "email",
      "to: desk@shop.example, from: a@shop.example, smarthost: 'x:25', html: '<b>{{ \"<\" }}</b>'",
    );
    expect(rendered).toMatchObject({
      "headers.Subject": "[FIRING:2] SoldOut (page)",
      "headers.To": "desk@shop.example",
      html: "<b>&lt;</b>",
    });
  });

  it("are cut to the length that the receiver takes", () => {
    expect(texts("opsgenie", `api_key: k, message: '${"x".repeat(200)}'`).message).toBe(`${"x".repeat(129)}…`);
    expect(
      texts("webex", `room_id: r, http_config: { authorization: { credentials: t } }, message: '${"ä".repeat(5000)}'`)
        .message,
    ).toBe(`${"ä".repeat(3718)}…`);
  });

  it("say what is wrong with a template that cannot be rendered", () => {
    expect(texts("telegram", "bot_token: b, chat_id: 1, message: '{{ template \"nope\" . }}'").message).toContain(
      '"nope"',
    );
  });

  it("exist for every kind, in fields that the kind has", () => {
    for (const [kind, fields] of Object.entries(RENDERED_FIELDS)) {
      const known = Object.keys(RECEIVER_KINDS[kind as ReceiverKind].fields);
      expect(fields.map(({ path }) => path.replace(/[.[{].*/, "")).filter((name) => !known.includes(name))).toEqual([]);
    }
  });
});
