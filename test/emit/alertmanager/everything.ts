/** A shop that says everything that can be said to Alertmanager, so that tests see all of it. */

const HTTP = `{
  oauth2: {
    clientId: "tocsin", clientSecretFile: "/s/oauth", scopes: ["alerts"], tokenUrl: "https://id.shop.example/token",
    endpointParams: { audience: "alerts" }, tls: { caFile: "/s/ca.pem" }, proxyUrl: "http://proxy.shop.example:3128",
  },
  tls: { caFile: "/s/ca.pem", certFile: "/s/cert.pem", keyFile: "/s/key.pem", serverName: "x", insecureSkipVerify: false, minVersion: "TLS12", maxVersion: "TLS13" },
  followRedirects: false, enableHttp2: false, proxyUrl: "http://proxy.shop.example:3128", noProxy: "localhost",
  headers: { "X-Shop": { values: ["one", "two"] }, "X-Token": { files: ["/s/header"] } },
}`;

const BUTTON = `type: "button", text: "Look", style: "primary"`;

/** A receiver of each kind with every property. */
export const EVERY_RECEIVER: Readonly<Record<string, string>> = {
  webhook: `[
    webhook("desk", { url: "https://desk.shop.example/{{ .Status }}", maxAlerts: 5, timeout: "10s", payload: { text: "{{ .Status }}", n: [1, true, null] }, http: ${HTTP}, sendResolved: false }),
    webhook("desk-file", { urlFile: "/s/url", payload: "readable" }),
  ]`,
  email: `[
    email("Shop <a@shop.example>, b@shop.example", {
      from: "tocsin@shop.example", smarthost: "mail.shop.example:587", hello: "shop.example", authUsername: "tocsin",
      authPasswordFile: "/s/mail", authIdentity: "shop", requireTls: true, tls: { caFile: "/s/ca.pem" },
      forceImplicitTls: false, headers: { subject: "{{ .Status }}", "X-Shop": "yes" }, html: "<b>{{ .Status }}</b>",
      text: "{{ .Status }}", threading: { enabled: true, threadByDate: "daily" },
    }),
    email("c@shop.example", { authSecretFile: "/s/cram" }),
  ]`,
  pagerduty: `[
    pagerduty("duty", {
      routingKeyFile: "/s/key", url: "https://events.shop.example/", description: "{{ .Status }}", severity: "critical",
      source: "shop", class: "stock", component: "catalog", group: "shop", client: "tocsin", clientUrl: "https://shop.example/",
      details: { sku: "{{ .CommonLabels.sku }}", deep: { list: ["{{ .Status }}"] } },
      images: [{ src: "https://shop.example/a.png", alt: "a", href: "https://shop.example/" }],
      links: [{ href: "https://shop.example/", text: "Shop" }], timeout: "10s",
    }),
    pagerduty("old", { serviceKeyFile: "/s/old" }),
  ]`,
  opsgenie: `opsgenie("storefront", {
    apiKeyFile: "/s/opsgenie", apiUrl: "https://api.eu.opsgenie.com/", message: "{{ .Status }}", description: "d", source: "s",
    details: { sku: "{{ .CommonLabels.sku }}" }, entity: "e",
    responders: [{ id: "1", type: "team" }, { name: "n", type: "user" }, { username: "u", type: "{{ .CommonLabels.type }}" }],
    actions: "a,b", tags: "c,d", note: "n", priority: "P1", updateAlerts: true,
  })`,
  wechat: `wechat("fra", { apiSecretFile: "/s/wechat", apiUrl: "https://wechat.shop.example/", corpId: "shop", agentId: "7", toUser: "u", toParty: "2", toTag: "t", messageType: "markdown", message: "{{ .Status }}" })`,
  slack: `[
    slack("#shop", {
      apiUrlFile: "/s/slack", username: "tocsin", iconEmoji: ":bell:", iconUrl: "https://shop.example/i.png", title: "t",
      titleLink: "l", pretext: "p", text: "x", messageText: "m", fallback: "f", color: "good", footer: "z", callbackId: "c",
      imageUrl: "https://shop.example/i.png", thumbUrl: "https://shop.example/t.png",
      fields: [{ title: "Stock", value: "{{ .Status }}", short: true }], shortFields: true, linkNames: true, mrkdwnIn: ["text"],
      actions: [{ ${BUTTON}, url: "https://shop.example/" }, { ${BUTTON}, name: "ack", value: "1", confirm: { text: "Sure?", title: "t", okText: "Yes", dismissText: "No" } }],
      timeout: "10s",
    }),
    slack("#app", { appTokenFile: "/s/app", appUrl: "https://slack.shop.example/api/chat.postMessage" }),
    slack("#updated", { updateMessage: true, http: { authorization: { credentialsFile: "/s/bot" } } }),
  ]`,
  victorops: `victorops("storefront", { apiKeyFile: "/s/vo", apiUrl: "https://vo.shop.example/", messageType: "CRITICAL", stateMessage: "s", entityDisplayName: "e", monitoringTool: "tocsin", customFields: { sku: "{{ .CommonLabels.sku }}" } })`,
  pushover: `[
    pushover("clerk", { userKeyFile: "/s/user", tokenFile: "/s/token", title: "t", message: "m", url: "https://shop.example/", urlTitle: "u", device: "d", sound: "s", priority: "1", retry: "1m", expire: "1h", ttl: "2h", html: true }),
    pushover("mono", { userKeyFile: "/s/user", tokenFile: "/s/token", monospace: true }),
  ]`,
  sns: `[
    sns("stock", {
      topicArn: "arn:aws:sns:eu-central-1:123456789012:stock", apiUrl: "https://sns.shop.example/", subject: "s", message: "m", attributes: { key: "v" }, useAwsHttpClient: true,
      sigv4: { region: "eu-central-1", profile: "shop", roleArn: "arn:aws:iam::123456789012:role/x", externalId: "e", useFipsStsEndpoint: true, serviceName: "sns" },
    }),
    sns("phone", { phoneNumber: "+4930123456", sigv4: { region: "eu-central-1" } }),
    sns("app", { targetArn: "arn:aws:sns:eu-central-1:123456789012:endpoint/x" }),
  ]`,
  telegram: `[
    telegram("desk", { botTokenFile: "/s/bot", chatId: -1001234567890, messageThreadId: 3, apiUrl: "https://tg.shop.example/", message: "m", disableNotifications: true, parseMode: "" }),
    telegram("secret", { botTokenFile: "/s/bot", chatIdFile: "/s/chat" }),
  ]`,
  discord: `discord("storefront", { webhookUrlFile: "/s/discord", title: "t", message: "m", content: "@here", username: "tocsin", avatarUrl: "https://shop.example/a.png" })`,
  webex: `webex("storefront", { roomId: "Y2lz", apiUrl: "https://webex.shop.example/", message: "m", http: { authorization: { type: "Bearer", credentialsFile: "/s/webex" } } })`,
  msteams: `msteams("storefront", { webhookUrlFile: "/s/teams", title: "t", summary: "s", text: "x" })`,
  msteamsv2: `msteamsv2("storefront", { webhookUrlFile: "/s/teams2", title: "t", text: "x" })`,
  jira: `[
    jira("SHOP", {
      issueType: "Bug", apiUrl: "https://jira.shop.example/rest/api/2/", apiType: "datacenter", summary: { template: "s", enableUpdate: false },
      description: "d", labels: ["alert"], priority: "High", reopenTransition: "Open", resolveTransition: "Done",
      wontFixResolution: "Won't fix", reopenDuration: "2w", fields: { customfield_1: { value: "x", list: [1, "{{ .Status }}"] } },
      http: { basicAuth: { usernameFile: "/s/user", passwordFile: "/s/jira" } },
    }),
  ]`,
  incidentio: `[
    incidentio("storefront", { url: "https://api.incident.io/v2/alert_events/alertmanager/1", alertSourceTokenFile: "/s/io", maxAlerts: 5, timeout: "10s" }),
    incidentio("secret", { urlFile: "/s/io-url", http: { authorization: { credentialsFile: "/s/io" } } }),
  ]`,
  rocketchat: `rocketchat("#shop", {
    tokenFile: "/s/rc", tokenIdFile: "/s/rc-id", apiUrl: "https://rc.shop.example/", title: "t", titleLink: "l", text: "x", color: "red",
    emoji: ":bell:", iconUrl: "i", imageUrl: "i", thumbUrl: "t", fields: [{ title: "t", value: "v", short: true }], shortFields: true, linkNames: true,
    actions: [{ type: "button", text: "t", url: "u", imageUrl: "i", isWebView: true, webviewHeightRatio: "tall", msg: "m", msgInChatWindow: true, msgProcessingType: "sendMessage" }],
  })`,
  mattermost: `mattermost("town-square", {
    webhookUrlFile: "/s/mm", username: "tocsin", iconUrl: "i", iconEmoji: ":bell:", fallback: "f", color: "c", pretext: "p", text: "x", authorName: "a",
    authorLink: "l", authorIcon: "i", title: "t", titleLink: "l", fields: [{ title: "t", value: "v", short: true }], thumbUrl: "t", footer: "f", footerIcon: "i", imageUrl: "i",
    attachments: [{ fallback: "f", color: "c", pretext: "p", text: "x", authorName: "a", authorLink: "l", authorIcon: "i", title: "t", titleLink: "l", fields: [{ title: "t", value: "v" }], thumbUrl: "t", footer: "f", footerIcon: "i", imageUrl: "i" }],
    type: "custom_tocsin", props: { card: "c" }, priority: { priority: "urgent", requestedAck: true, persistentNotifications: true },
  })`,
};

/** What an environment can say of Alertmanager. */
export const EVERY_SETTING = `{
  secrets: "/secrets", resolveTimeout: "6m", http: ${HTTP},
  smtp: { from: "tocsin@shop.example", smarthost: "mail.shop.example:587", hello: "shop.example", authUsername: "tocsin", authPasswordFile: "/s/mail", authIdentity: "shop", requireTls: true, tls: { insecureSkipVerify: true }, forceImplicitTls: true },
  slackApiUrlFile: "/s/slack", slackAppTokenFile: "/s/app", slackAppUrl: "https://slack.shop.example/", pagerdutyUrl: "https://pd.shop.example/",
  opsgenieApiUrl: "https://og.shop.example/", opsgenieApiKeyFile: "/s/og", wechat: { apiUrl: "https://wechat.shop.example/", corpId: "shop", apiSecretFile: "/s/wechat" },
  victoropsApiUrl: "https://vo.shop.example/", victoropsApiKeyFile: "/s/vo", telegramApiUrl: "https://tg.shop.example/", telegramBotTokenFile: "/s/tg",
  webexApiUrl: "https://webex.shop.example/", jiraApiUrl: "https://jira.shop.example/", rocketchatApiUrl: "https://rc.shop.example/",
  rocketchatTokenFile: "/s/rc", rocketchatTokenIdFile: "/s/rc-id", mattermostWebhookUrlFile: "/s/mm",
  notifications: { groupBy: ["..."], groupWait: "1s", groupInterval: "2s", repeatInterval: "3m" },
  severities: { page: { groupWait: "0s" } }, templates: ["more/*.tmpl"],
  fallback: email("nobody@shop.example"),
  routes: [route({ name: "archive", match: { severity: not(["none"]) }, receiver: webhook("archive", { url: "http://archive.shop.example/" }), continue: true })],
  tracing: { clientType: "http", endpoint: "otel.shop.example:4318", samplingFraction: 0.5, insecure: false, tls: { caFile: "/s/ca.pem" }, headers: { "X-Shop": { values: ["a"] } }, compression: "gzip", timeout: "5s" },
  eventRecorder: {
    fileOutputs: [{ path: "events.json" }], stdoutOutputs: [{}],
    webhookOutputs: [{ url: "https://events.shop.example/", http: { followRedirects: false }, timeout: "5s", workers: 2, maxRetries: 3, retryBackoff: "1s", batch: true, batchMaxEvents: 5, batchMaxBytes: 100, batchFlushInterval: "1s" }],
    kafkaOutputs: [{ brokers: ["kafka.shop.example:9092"], topic: "events", clientId: "am", format: "protobuf", acks: "all", compression: "zstd", bufferSize: 10, tls: { caFile: "/s/ca.pem" } }],
  },
}`;

const KINDS = Object.keys(EVERY_RECEIVER);

/** The monitors of that shop. */
export const EVERYTHING = `
import { alert, by, deadMansSwitch, environment, gauge, not, oneOf, route, service, team, tiers, timeInterval, upTo, ${KINDS.join(", ")} } from "tocsin";

export const night = timeInterval("night", { times: ["00:00-06:00", "22:00-24:00"], location: "Europe/Berlin" });
export const holidays = timeInterval("holidays", [{ months: "december", daysOfMonth: ["24:26", "-1"], years: "2026:2030" }]);

export const storefront = team(
  "storefront",
  {
${KINDS.map((kind) => `    ${kind}: ${EVERY_RECEIVER[kind]},`).join("\n")}
    page: [webhook("a", { url: "http://a.example/", during: night }), webhook("b", { url: "http://b.example/", except: night })],
  },
  {
    labels: { owner: "storefront" },
    notifications: { repeatInterval: "2h" },
    severities: { page: { repeatInterval: "30m" } },
    routes: [
      route({
        name: "errors",
        match: { code: /5../, region: not("us"), "weird name": ["a", 'b"c'], service: "catalog" },
        receiver: [webhook("c", { url: "http://c.example/" }), webhook("d", { url: "http://d.example/", except: holidays })],
        groupBy: ["sku", "service"], groupWait: "5s", groupInterval: "1m", repeatInterval: "1h", except: [night, holidays],
        continue: true, labels: { desk: "{{ .CommonLabels.sku }}" },
        routes: [route({ match: { severity: "page" }, receiver: slack("#errors"), during: night })],
      }),
      route({ match: { sku: "mug" }, groupBy: ["sku"] }),
    ],
  },
);
export const catalog = service("catalog", {
  owner: storefront,
  receivers: { page: webhook("catalog-duty", { url: "http://duty.example/" }) },
  notifications: { groupBy: ["alertname", "sku"] },
  metrics: { inventory: gauge("catalog_inventory_items", { help: "Items.", labels: { sku: upTo(9) } }) },
});
export const stock = catalog.metrics.inventory.sum(by("sku"));
export const low = tiers("InventoryLow", { service: catalog, when: { slack: stock.below(10), page: stock.below(3) }, for: { slack: "10m" }, summary: ({ sku }) => sku + " is low" });
export const watchdog = deadMansSwitch("Watchdog", { service: catalog, receiver: webhook("heartbeats", { urlFile: "/s/heartbeat" }), every: "5m" });
export const production = environment("production", { prometheus: { externalLabels: { region: "eu" } }, alertmanager: ${EVERY_SETTING} });
`;
