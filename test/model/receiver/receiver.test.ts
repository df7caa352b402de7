import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../../src/alertmanager/config/config.ts";
import { buildTexts, inShort, SHOP } from "../../helpers/workspace.ts";

const KINDS =
  "discord, incidentio, jira, mattermost, msteams, msteamsv2, opsgenie, pushover, rocketchat, sns, telegram, victorops, webex";
const IMPORTS = `import { ${KINDS} } from "tocsin";\n`;

const other = (receiver: string, environment = "") =>
  `${IMPORTS}${SHOP}export const other = team("other", { page: ${receiver} });${environment}`;

const WITH_SECRETS = `export const e = environment("e", { alertmanager: { secrets: "/secrets/" } });`;

/** Where each kind looks for its secret when only a directory is known. */
const places: readonly (readonly [string, string, object])[] = [
  ["slack", `slack("#a")`, { api_url_file: "/secrets/slack-url" }],
  [
    "slack",
    `slack("#a", { updateMessage: true })`,
    {
      api_url: "https://slack.com/api/chat.postMessage",
      update_message: true,
      http_config: { authorization: { credentials_file: "/secrets/slack-token" } },
    },
  ],
  ["pagerduty", `pagerduty("a")`, { routing_key_file: "/secrets/pagerduty-a" }],
  ["opsgenie", `opsgenie("a")`, { api_key_file: "/secrets/opsgenie-key" }],
  ["wechat", `wechat("a", { corpId: "c", toUser: "u" })`, { api_secret_file: "/secrets/wechat-secret" }],
  ["victorops", `victorops("key")`, { routing_key: "key", api_key_file: "/secrets/victorops-key" }],
  [
    "pushover",
    `pushover("Stock clerk")`,
    { user_key_file: "/secrets/pushover-stock-clerk", token_file: "/secrets/pushover-token" },
  ],
  ["telegram", `telegram("a", { chatId: 1 })`, { bot_token_file: "/secrets/telegram-token", chat_id: 1 }],
  ["discord", `discord("a")`, { webhook_url_file: "/secrets/discord-a" }],
  ["msteams", `msteams("a")`, { webhook_url_file: "/secrets/msteams-a" }],
  ["msteamsv2", `msteamsv2("a")`, { webhook_url_file: "/secrets/msteamsv2-a" }],
  [
    "webex",
    `webex("a", { roomId: "r", http: { proxyUrl: "http://proxy.example:3128" } })`,
    {
      http_config: {
        authorization: { credentials_file: "/secrets/webex-token" },
        proxy_url: "http://proxy.example:3128",
      },
    },
  ],
  [
    "jira",
    `jira("SHOP", { issueType: "Bug", apiUrl: "https://jira.example/" })`,
    { project: "SHOP", http_config: { authorization: { credentials_file: "/secrets/jira-token" } } },
  ],
  [
    "incidentio",
    `incidentio("a", { url: "https://io.example/" })`,
    { alert_source_token_file: "/secrets/incidentio-a" },
  ],
  [
    "rocketchat",
    `rocketchat("#a")`,
    { token_file: "/secrets/rocketchat-token", token_id_file: "/secrets/rocketchat-token-id" },
  ],
  ["mattermost", `mattermost("a")`, { webhook_url_file: "/secrets/mattermost-url" }],
];

describe("where only the directory of secrets is known", () => {
  it.each(places)("%s looks for its own: %s", async (kind, receiver, expected) => {
    const { file, diagnostics } = await buildTexts(other(receiver, WITH_SECRETS));
    expect(diagnostics.map(inShort)).toEqual([]);
    const text = file("alertmanager/alertmanager.yml");
    const made = parse(text).receivers.find(({ name }: { readonly name: string }) => name === "other-page");
    expect(made[`${kind}_configs`]).toMatchObject([expected]);
    expect(readConfig(text).diagnostics).toEqual([]);
  });
});

it("takes from the environment what a receiver does not say, once for all", async () => {
  const { file, diagnostics } = await buildTexts(
    other(
      `[email("a@shop.example"), opsgenie("a"), telegram("a", { chatId: 1 }), jira("SHOP", { issueType: "Bug" }), rocketchat("#a"), mattermost("a"), victorops("a"), slack("#a"), slack("#b", { apiUrlFile: "/s/b" })]`,
      `export const e = environment("e", { alertmanager: {
        smtp: { from: "a@shop.example", smarthost: "mail.example:25" }, opsgenieApiKeyFile: "/s/og", telegramBotTokenFile: "/s/tg", jiraApiUrl: "https://jira.example/",
        http: { basicAuth: { username: "u", passwordFile: "/s/p" } }, rocketchatTokenFile: "/s/rc", rocketchatTokenIdFile: "/s/id",
        mattermostWebhookUrlFile: "/s/mm", victoropsApiKeyFile: "/s/vo", slackAppTokenFile: "/s/app" } });`,
    ),
  );
  expect(diagnostics.map(inShort)).toEqual([]);
  const { global, receivers } = parse(file("alertmanager/alertmanager.yml"));
  expect(global).toMatchObject({ smtp_from: "a@shop.example", opsgenie_api_key_file: "/s/og" });
  const made = receivers.find(({ name }: { readonly name: string }) => name === "other-page");
  expect(made.opsgenie_configs[0]).not.toHaveProperty("api_key_file");
  // A global token would go before the webhook of the second: the first names it itself.
  expect(global).not.toHaveProperty("slack_app_token_file");
  expect(made.slack_configs).toMatchObject([{ app_token_file: "/s/app" }, { api_url_file: "/s/b" }]);
});

/** A receiver, and what is said to its author. */
const mistakes: readonly (readonly [string, string, readonly string[]])[] = [
  ["opsgenie without a key", `opsgenie("a")`, ['receiver/no-secret: receiver "a" has no place of its API key']],
  ["victorops without a key", `victorops("a")`, ['receiver/no-secret: receiver "a" has no place of its API key']],
  ["pushover without keys", `pushover("a")`, ['receiver/no-secret: receiver "a" has no place of its user\'s key']],
  [
    "telegram without a token",
    `telegram("a", { chatId: 1 })`,
    ['receiver/no-secret: receiver "a" has no place of its bot\'s token'],
  ],
  ["discord without an address", `discord("a")`, ['receiver/no-secret: receiver "a" has no place of its webhook']],
  ["teams without an address", `msteams("a")`, ['receiver/no-secret: receiver "a" has no place of its webhook']],
  ["new teams without an address", `msteamsv2("a")`, ['receiver/no-secret: receiver "a" has no place of its webhook']],
  [
    "webex without a token",
    `webex("a", { roomId: "r" })`,
    ['receiver/no-secret: receiver "a" has no place of its bot'],
  ],
  [
    "jira without an address",
    `jira("SHOP", { issueType: "Bug" })`,
    ['receiver/no-secret: receiver "SHOP" has no address of Jira'],
  ],
  [
    "jira without who writes",
    `jira("SHOP", { issueType: "Bug", apiUrl: "https://jira.example/" })`,
    ['receiver/no-secret: receiver "SHOP" has no place of the secret of whoever writes its issues'],
  ],
  [
    "incident.io without a token",
    `incidentio("a", { url: "https://io.example/" })`,
    ['receiver/no-secret: receiver "a" has no place of its alert source\'s token'],
  ],
  ["Rocket.Chat without a token", `rocketchat("#a")`, ['receiver/no-secret: receiver "#a" has no place of its token']],
  [
    "Mattermost without an address",
    `mattermost("a")`,
    ['receiver/no-secret: receiver "a" has no place of its webhook'],
  ],
  [
    "a message that is changed, without a bot",
    `slack("#a", { updateMessage: true })`,
    ['receiver/no-secret: receiver "#a" has no place of its bot\'s token, which updateMessage takes'],
  ],
  [
    "a literal key",
    `opsgenie("a", { apiKey: "k", apiKeyFile: "/s" })`,
    ['secret/literal: receiver "a": a secret cannot stand in a monitors file: "apiKey" [monitors/shop.ts:10 apiKey]'],
  ],
  [
    "a literal token",
    `telegram("a", { botToken: "t", chatId: 1, botTokenFile: "/s" })`,
    ['secret/literal: receiver "a": a secret cannot stand in a monitors file: "botToken"'],
  ],
  [
    "a literal address that is a secret",
    `discord("a", { webhookUrl: "https://x.example/", webhookUrlFile: "/s" })`,
    ['secret/literal: receiver "a": a secret cannot stand in a monitors file: "webhookUrl"'],
  ],
  [
    "AWS keys, which no file can hold",
    `sns("a", { topicArn: "arn:x", sigv4: { accessKey: "a", secretKey: "b" } })`,
    [
      'secret/literal: receiver "a": sigv4.accessKey: secrets are references only, and the server reads this one from no file',
      'secret/literal: receiver "a": sigv4.secretKey: secrets are references only',
    ],
  ],
  [
    "a password in http",
    `webhook("a", { url: "http://a.example/", http: { basicAuth: { username: "u", password: "p" } } })`,
    ['secret/literal: receiver "a": http.basicAuth.password: secrets are references only: use passwordFile'],
  ],
  [
    "two ways to prove oneself",
    `webhook("a", { url: "http://a.example/", http: { basicAuth: { username: "u" }, authorization: { credentialsFile: "/s" } } })`,
    ['model/invalid: receiver "a": http.authorization: give basicAuth or authorization, not both'],
  ],
  [
    "a header that clients set themselves",
    `webhook("a", { url: "http://a.example/", http: { headers: { Host: { values: ["x"] } } } })`,
    ['model/invalid: receiver "a": http.headers.Host:'],
  ],
  [
    "SNS without a target",
    `sns("a", {})`,
    ['model/invalid: receiver "a": name who is told: topicArn, phoneNumber or targetArn'],
  ],
  [
    "SNS with two targets",
    `sns("a", { topicArn: "x", phoneNumber: "1" })`,
    ['model/invalid: receiver "a": give topicArn or phoneNumber, not both'],
  ],
  [
    "an external id without a role",
    `sns("a", { topicArn: "x", sigv4: { externalId: "e" } })`,
    ['model/invalid: receiver "a": sigv4.externalId: externalId needs a roleArn'],
  ],
  [
    "no chat",
    `telegram("a", { botTokenFile: "/s" })`,
    ['model/invalid: receiver "a": name the chat: chatId or chatIdFile'],
  ],
  [
    "an unknown markup",
    `telegram("a", { chatId: 1, botTokenFile: "/s", parseMode: "BBCode" })`,
    ['model/invalid: receiver "a": parseMode:'],
  ],
  [
    "a text that is no template",
    `discord("a", { webhookUrlFile: "/s", title: "{{ .Oops" })`,
    [
      'model/invalid: receiver "a": title: this is no template that Alertmanager can expand: unclosed action [monitors/shop.ts:10 "{{ .Oops"]',
    ],
  ],
  [
    "a function that Alertmanager does not know",
    `discord("a", { webhookUrlFile: "/s", title: "{{ humanize 1 }}" })`,
    [
      'model/invalid: receiver "a": title: this is no template that Alertmanager can expand: function "humanize" not defined',
    ],
  ],
  [
    "a responder without a name",
    `opsgenie("a", { apiKeyFile: "/s", responders: [{ type: "team" }] })`,
    ['model/invalid: receiver "a": responders[0]: name the responder: id, name or username [monitors/shop.ts:10 {'],
  ],
  [
    "a responder of no kind",
    `opsgenie("a", { apiKeyFile: "/s", responders: [{ id: "1", type: "squad" }] })`,
    ['model/invalid: receiver "a": responders[0].type: "squad" is none of team, teams, user, escalation, schedule'],
  ],
  [
    "a field that VictorOps sets",
    `victorops("a", { apiKeyFile: "/s", customFields: { entity_id: "x" } })`,
    ['model/invalid: receiver "a": customFields.entity_id: VictorOps sets the field entity_id itself'],
  ],
  [
    "two markups",
    `pushover("a", { userKeyFile: "/s", tokenFile: "/s", html: true, monospace: true })`,
    ['model/invalid: receiver "a": give html or monospace, not both'],
  ],
  [
    "a timeout in days",
    `webhook("a", { url: "http://a.example/", timeout: "1d" })`,
    ['model/invalid: receiver "a": timeout: "1d" is not a timeout: write it like "10s", "5m" or "1h30m"'],
  ],
  [
    "headers that differ in case alone",
    `email("a@shop.example", { from: "b@shop.example", smarthost: "m:25", headers: { "X-A": "1", "x-a": "2" } })`,
    ['model/invalid: receiver "a@shop.example": the header "x-a" is set twice: case does not matter'],
  ],
  [
    "a thread with references of one's own",
    `email("a@shop.example", { from: "b@shop.example", smarthost: "m:25", headers: { References: "x" }, threading: { enabled: true, threadByDate: "none" } })`,
    ['model/invalid: receiver "a@shop.example": threading sets the header References itself'],
  ],
  [
    "a button that leads nowhere",
    `slack("#a", { apiUrlFile: "/s", actions: [{ type: "button", text: "Look" }] })`,
    ['model/invalid: receiver "#a": actions[0]: an action has a url that it leads to, or a name'],
  ],
  [
    "a webhook and an app",
    `slack("#a", { apiUrlFile: "/s", appTokenFile: "/t" })`,
    ['model/invalid: receiver "#a": give apiUrlFile or appTokenFile, not both'],
  ],
  [
    "a payload that is no JSON",
    `webhook("a", { url: "http://a.example/", payload: { a: () => 1 } })`,
    ['model/invalid: receiver "a": payload'],
  ],
  [
    "everything at once",
    `msteams("a", { titel: "x", text: "{{" })`,
    [
      'model/invalid: receiver "a": text: this is no template',
      'model/unknown-property: receiver "a" has no property "titel". Did you mean "title"? [monitors/shop.ts:10 titel]',
    ],
  ],
];

it.each(mistakes)("refuses %s", async (_, receiver, expected) => {
  const { diagnostics, files } = await buildTexts(other(receiver));
  const said = diagnostics.map(inShort);
  expect(said.map((line, i) => line.slice(0, (expected[i] ?? "").length))).toEqual(expected);
  expect(files).toEqual([]);
});
