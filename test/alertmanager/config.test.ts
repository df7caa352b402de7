import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { RECEIVER_KINDS } from "../../src/alertmanager/config/receiver.ts";
import { lineAndColumn } from "../../src/diagnostic/diagnostic.ts";

const problems = (source: string) =>
  readConfig(source, { file: "alertmanager.yml" }).diagnostics.map(({ code, message, place }) => {
    const { line, column } = lineAndColumn(source, place?.start ?? 0);
    return `${line}:${column} ${code} ${message}`;
  });

/** A configuration around something. */
const withRoute = (route: string) => `route: { receiver: shop, ${route} }\nreceivers: [{ name: shop }]\n`;
const withReceiver = (kind: string, fields: string, global = "") =>
  `global: { ${global} }\nroute: { receiver: shop }\nreceivers: [{ name: shop, ${kind}_configs: [{ ${fields} }] }]\n`;

it("reads the smallest configuration, with every default", () => {
  const { config, diagnostics } = readConfig("route: { receiver: shop }\nreceivers: [{ name: shop }]\n");
  expect(diagnostics).toEqual([]);
  expect(config?.global).toMatchObject({ resolve_timeout: 300_000, smtp_hello: "localhost", smtp_require_tls: true });
  expect(config?.route).toMatchObject({ receiver: "shop", group_by: undefined, continue: false });
});

describe("the routing tree", () => {
  it.each([
    ["recevier: a", '1:26 yaml/unknown-field route has no field "recevier". Did you mean "receiver"?'],
    [
      "routes: [{ receiver: shp }]",
      '1:47 alertmanager/unknown-receiver The receiver "shp" used in this route is undefined. Did you mean "shop"?',
    ],
    ["group_by: [a, a]", '1:26 alertmanager/invalid-value duplicated label "a" in group_by.'],
    [
      "group_by: ['...', a]",
      "1:26 alertmanager/invalid-value group_by cannot have the wildcard `...` and other labels at the same time.",
    ],
    ["group_by: ['']", '1:26 alertmanager/label-name invalid label name "" in group_by list.'],
    ["group_interval: 0s", "1:42 alertmanager/invalid-value group_interval cannot be zero."],
    ["repeat_interval: 5", '1:43 yaml/invalid-value "5" is no duration.'],
    ["continue: true", "1:36 alertmanager/root-route The root route cannot have continue: it has no siblings."],
    ["matchers: [a=b]", "1:26 alertmanager/root-route The root route must not have any matchers: matchers."],
    [
      "mute_time_intervals: [x]",
      '1:26 alertmanager/unknown-time-interval The time interval "x" used in this route is undefined.',
    ],
    [
      "routes: [{ match: { 'a-b': c } }]",
      '1:53 alertmanager/label-name invalid label name "a-b": here it may hold letters, digits and underscores only.',
    ],
    [
      "routes: [{ match_re: { a: '(' } }]",
      '1:52 yaml/invalid-value "(": error parsing regexp: missing closing ): `^(?:()$`.',
    ],
    [
      "routes: [{ matchers: ['a'] }]",
      "1:48 alertmanager/matcher This is no matcher: expected an operator such as = != =~ or !~, got the end.",
    ],
    ["routes: [null]", "1:26 alertmanager/missing routes[0] is empty."],
  ])("refuses %s", (route, expected) => {
    expect(problems(withRoute(route))).toContain(expected);
  });

  it("warns of matchers that only the older syntax reads, and says how to write them", () => {
    const { diagnostics } = readConfig(withRoute("routes: [{ matchers: ['a='] }]"));
    expect(diagnostics).toMatchObject([
      { code: "alertmanager/matcher-syntax", severity: "warning", help: 'Write a="".' },
    ]);
  });

  it("needs a root route with a receiver", () => {
    expect(problems("receivers: [{ name: shop }]\n")[0]).toContain("The configuration has no route");
    expect(problems("route: {}\n")).toEqual([
      "1:8 alertmanager/root-route The root route must specify a default receiver.",
    ]);
  });
});

describe("receivers", () => {
  it("have unique names", () => {
    const { diagnostics } = readConfig("route: { receiver: a }\nreceivers: [{ name: a }, { name: a }]\n");
    expect(diagnostics).toMatchObject([
      { code: "alertmanager/duplicate-name", related: [{ message: "It is first used here." }] },
    ]);
  });

  it.each([
    ["webhook", "send_resolved: true", "webhook_config needs one of url or url_file."],
    ["webhook", "url: 'http://x/', url_file: f", "At most one of url & url_file must be configured."],
    ["webhook", "url: ftp://x", 'This is no http or https URL: unsupported scheme "ftp" for URL.'],
    ["webhook", "url: 'http://x/{{ .Nope'", "The template of this URL is broken: template: :1: unclosed action."],
    ["webhook", "url: 'http://x/', timeout: 5m3", '"5m3" is no duration.'],
    ["email", "html: ''", "email_config needs to."],
    [
      "email",
      "to: a@shop.example, headers: { subject: a, SUBJECT: b }",
      'The header "Subject" is set twice: case does not matter.',
    ],
    ["email", "to: a@shop.example, smarthost: localhost", '"localhost" is no host:port: it lacks a port.'],
    [
      "slack",
      "channel: '#shop'",
      "slack_config has no Slack API URL or App token: neither api_url nor api_url_file nor app_token nor app_token_file is set here, nor slack_api_url or slack_api_url_file or slack_app_token or slack_app_token_file in global.",
    ],
    ["slack", "api_url: 'http://x/', fields: [{ title: a }]", "A Slack field needs value."],
    [
      "slack",
      "api_url: 'http://x/', actions: [{ type: button, text: go }]",
      "A Slack action needs one of name or url.",
    ],
    [
      "slack",
      "api_url: 'http://x/', update_message: true",
      "update_message can only be used with bot tokens, with api_url set to https://slack.com/api/chat.postMessage.",
    ],
    [
      "slack",
      "app_token: a, http_config: { authorization: { credentials: b } }",
      "http authorization cannot be set when Slack App tokens are used.",
    ],
    [
      "pagerduty",
      "client: x",
      "pagerduty_config needs one of routing_key, routing_key_file, service_key or service_key_file.",
    ],
    ["opsgenie", "api_key: x, responders: [{ name: a, type: boss }]", '"boss" is no type of an Opsgenie responder.'],
    [
      "opsgenie",
      "message: x",
      "opsgenie_config has no Opsgenie API key: neither api_key nor api_key_file is set here, nor opsgenie_api_key or opsgenie_api_key_file in global.",
    ],
    [
      "victorops",
      "routing_key: a, api_key: b, custom_fields: { state_message: x }",
      "The custom field state_message conflicts with the fixed field of this name.",
    ],
    ["pushover", "token: a", "pushover_config needs one of user_key or user_key_file."],
    [
      "pushover",
      "token: a, user_key: b, html: true, monospace: true",
      "At most one of monospace & html must be configured.",
    ],
    ["wechat", "api_secret: a, corp_id: b, message_type: card", '"card" is no WeChat message type.'],
    ["telegram", "bot_token: a", "telegram_config needs one of chat_id or chat_id_file."],
    ["telegram", "bot_token: a, chat_id: 1, parse_mode: TeX", '"TeX" is no parse_mode of telegram_config.'],
    ["discord", "title: x", "discord_config needs one of webhook_url or webhook_url_file."],
    ["webex", "room_id: a", "webex_config needs http_config.authorization."],
    ["msteams", "title: x", "msteams_config needs one of webhook_url or webhook_url_file."],
    ["msteamsv2", "title: x", "msteamsv2_config needs one of webhook_url or webhook_url_file."],
    ["sns", "topic_arn: a, phone_number: b", "sns_config needs one of topic_arn, phone_number or target_arn."],
    ["sns", "topic_arn: a, sigv4: { access_key: b }", "access_key and secret_key must be configured together."],
    ["jira", "project: a", "jira_config needs issue_type."],
    ["jira", "project: a, issue_type: b, api_type: x", '"x" is no api_type of jira_config.'],
    [
      "incidentio",
      "url: 'http://x/', http_config: {}",
      "incidentio_config needs alert_source_token, alert_source_token_file or http_config.authorization.",
    ],
    [
      "rocketchat",
      "token: a",
      "rocketchat_config has no Rocket.Chat token_id: neither token_id nor token_id_file is set here, nor rocketchat_token_id or rocketchat_token_id_file in global.",
    ],
    ["rocketchat", "token: '', token_file: a, token_id: b", "At most one of token & token_file must be configured."],
    ["webhook", "url: 'http://x/', timeout: .inf", 'Expected a whole number, got ".inf".'],
    [
      "mattermost",
      "channel: x",
      "mattermost_config has no Mattermost webhook URL: neither webhook_url nor webhook_url_file is set here, nor mattermost_webhook_url or mattermost_webhook_url_file in global.",
    ],
  ])("of the kind %s cannot say { %s }", (kind, fields, expected) => {
    expect(problems(withReceiver(kind, fields)).map((line) => line.replace(/^\S+ \S+ /, ""))).toContain(expected);
  });

  it.each(["slack", "msteamsv2"])("of the kind %s need a global http_config where they have none", (kind) => {
    const url = kind === "slack" ? "api_url" : "webhook_url";
    expect(problems(withReceiver(kind, `${url}: 'http://x/'`, "http_config: null"))).toEqual([
      expect.stringContaining(`${kind}_config needs an http_config, because the global one is null.`),
    ]);
  });

  it("of the kind rocketchat take an empty token for one", () => {
    expect(problems(withReceiver("rocketchat", "token: '', token_id: ''"))).toEqual([]);
  });

  it("of the kind pushover take a null duration for none", () => {
    expect(problems(withReceiver("pushover", "token: a, user_key: b, retry: Null"))).toEqual([]);
  });

  it("inherit from global what they leave out", () => {
    const global = "slack_api_url: 'https://hooks.shop.example/a', http_config: { proxy_url: 'http://proxy:3128' }";
    const { config } = readConfig(withReceiver("slack", "channel: '#shop'", global));
    expect(config?.receivers[0]?.slack_configs[0]).toMatchObject({
      api_url: "https://hooks.shop.example/a",
      http_config: { proxy_url: "http://proxy:3128", follow_redirects: true },
      send_resolved: false,
    });
    const key = readConfig(withReceiver("opsgenie", "message: x", "opsgenie_api_key: k, opsgenie_api_url: 'http://o'"));
    expect(key.config?.receivers[0]?.opsgenie_configs[0]).toMatchObject({ api_key: "k", api_url: "http://o/" });
  });

  it("of every kind have a shape, in the order in which they are notified", () => {
    expect(Object.keys(RECEIVER_KINDS).slice(0, 3)).toEqual(["webhook", "email", "pagerduty"]);
    expect(Object.keys(RECEIVER_KINDS)).toHaveLength(18);
  });
});

describe("http_config", () => {
  it.each([
    ["basic_auth: {}, bearer_token: a", "At most one of basic_auth & bearer_token must be configured."],
    ["authorization: { type: Basic }", 'authorization type cannot be set to "basic".'],
    ["oauth2: { client_id: a }", "oauth2 needs token_url."],
    ["no_proxy: a", "no_proxy needs proxy_url."],
    [
      "proxy_from_environment: true, proxy_url: 'http://p'",
      "proxy_url must not be configured together with proxy_from_environment.",
    ],
    ["tls_config: { cert_file: a }", "A client certificate is set, but key or key_file is not."],
    ["tls_config: { ca: a, ca_file: b }", "At most one of ca, ca_file & ca_ref must be configured."],
    ["tls_config: { min_version: TLS9 }", '"TLS9" is no TLS version.'],
    ["http_headers: { host: { values: [a] } }", 'The header "Host" cannot be set.'],
  ])("cannot say { %s }", (fields, expected) => {
    const lines = problems(withReceiver("webhook", `url: 'http://x/', http_config: { ${fields} }`));
    expect(lines.map((line) => line.replace(/^\S+ \S+ /, ""))).toEqual([expected]);
  });
});

describe("time intervals", () => {
  it.each([
    ["weekdays: ['friday:monday']", '"friday:monday" ends before it starts: the week begins on Sunday.'],
    ["weekdays: [munday]", '"munday" is no weekday. Did you mean "sunday"?'],
    ["days_of_month: ['5:-30']", '"5:-30" always ends before it starts.'],
    ["days_of_month: ['-1:5']", '"-1:5" starts from the month\'s end, so it must end there too.'],
    ["days_of_month: ['32']", "32 is no day of a month."],
    ["months: ['june:may']", '"june:may" ends before it starts.'],
    ["years: ['soon']", '"soon" is no whole number.'],
    ["times: [{ start_time: '9:00', end_time: '17:00' }]", '"9:00" is no time of day.'],
    ["times: [{ start_time: '17:00', end_time: '09:00' }]", "The start time must be before the end time."],
    ["location: europe/berlin", "unknown time zone europe/berlin."],
  ])("cannot say { %s }", (fields, expected) => {
    const source = `${withRoute("")}time_intervals: [{ name: a, time_intervals: [{ ${fields} }] }]\n`;
    expect(problems(source).map((line) => line.replace(/^\S+ \S+ /, ""))).toEqual([expected]);
  });

  it("share their names with the older list of them", () => {
    const source = `${withRoute("")}time_intervals: [{ name: a }]\nmute_time_intervals: [{ name: a }]\n`;
    expect(problems(source)).toEqual([expect.stringContaining('The name "a" of this time interval is not unique.')]);
  });
});

it("warns of a timeout without a unit, which counts nanoseconds", () => {
  const { diagnostics } = readConfig(withReceiver("webhook", "url: 'http://x/', timeout: 10"));
  expect(diagnostics).toMatchObject([{ code: "alertmanager/bare-timeout", severity: "warning" }]);
});

it("warns of a time zone that only Alertmanager's machine knows", () => {
  const interval =
    "time_intervals: [{ name: a, time_intervals: [{ location: Local, years: ['9223372036854775807'] }] }]";
  const { config, diagnostics } = readConfig(`${withRoute("")}${interval}\n`);
  expect(diagnostics).toMatchObject([{ code: "alertmanager/local-zone", severity: "warning" }]);
  expect(config).toBeDefined();
});

it("checks tracing and the event recorder too", () => {
  expect(problems(`${withRoute("")}tracing: { compression: zip }\n`)).toHaveLength(2);
  expect(problems(`${withRoute("")}event_recorder: { kafka_outputs: [{ acks: some }] }\n`)).toHaveLength(3);
  expect(
    problems(`${withRoute("")}event_recorder: { webhook_outputs: [{ url: 'http://x', batch_max_bytes: 5 }] }\n`),
  ).toHaveLength(1);
});

it("reports all problems at once", () => {
  const source = `
global: { smtp_auth_password: a, smtp_auth_password_file: b, resolve_timeout: soon }
route: { receiver: shp, group_interval: 0s, routes: [{ receiver: nobody, matchers: ['a=~('] }] }
receivers: [{ name: shop, slack_configs: [{ chanel: x }], webhook_configs: [{ url: nowhere }] }]
`;
  expect(problems(source).map((line) => line.split(" ")[1])).toEqual([
    "alertmanager/conflict",
    "yaml/invalid-value",
    "alertmanager/unknown-receiver",
    "alertmanager/invalid-value",
    "alertmanager/unknown-receiver",
    "alertmanager/matcher",
    "alertmanager/missing",
    "yaml/unknown-field",
    "yaml/invalid-value",
  ]);
});
