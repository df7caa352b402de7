import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { buildTexts, inShort, SHOP } from "../../helpers/workspace.ts";
import { promtool } from "./promtool.ts";

const HTTP = `
  tls: { caFile: "s/ca.pem" }, followRedirects: false, enableHttp2: true, proxyUrl: "http://proxy.shop.example:3128",
  headers: { "X-Shop": { values: ["one"] } },`;

const ID = "00000000-0000-4000-8000-000000000000";

/** Says everything that can be said to Prometheus, save its jobs, which have tests of their own. */
const EVERYTHING = `${SHOP}
import { kubernetesDiscovery, dnsDiscovery, keepTargets, dropSeries, setLabel } from "tocsin";
export const production = environment("production", {
  prometheus: {
    scrapeInterval: "15s", scrapeTimeout: "10s", evaluationInterval: "20s", externalLabels: { region: "eu" },
    queryLogFile: "log/queries.log", scrapeFailureLogFile: "log/scrapes.log", scrapeNativeHistograms: true,
    alertmanagers: [
      "alertmanager:9093",
      {
        discovery: [kubernetesDiscovery("service", { namespaces: { names: ["shop"] } }), dnsDiscovery(["_am._tcp.shop.example"])],
        scheme: "https", pathPrefix: "/alerts", timeout: "5s", ${HTTP}
        authorization: { credentialsFile: "s/token" },
        relabel: [keepTargets({ __meta_kubernetes_service_name: "alertmanager" })],
        alertRelabel: [setLabel("from", "eu")],
      },
      { discovery: { kind: "static", targets: ["b:9093"] }, sigv4: { region: "eu-central-1" } },
    ],
    alertmanagerScheme: "https",
    ruleFiles: ["own/*.yml"],
    scrapeConfigFiles: ["jobs/*.yml"],
    remoteWrite: [
      {
        url: "https://store.shop.example/write", name: "store", timeout: "20s", relabel: [dropSeries({ __name__: /go_.*/ })],
        sendExemplars: true, sendNativeHistograms: true, roundRobinDns: true, protobufMessage: "io.prometheus.write.v2.Request",
        queue: {
          capacity: 5000, maxShards: 10, minShards: 2, maxSamplesPerSend: 1000, batchSendDeadline: "3s", minBackoff: "20ms",
          maxBackoff: "10s", retryOnHttp429: true, sampleAgeLimit: "1h",
        },
        metadata: { send: true, sendInterval: "2m", maxSamplesPerSend: 500 }, ${HTTP}
        basicAuth: { username: "shop", passwordFile: "s/password" },
      },
      { url: "https://aws.shop.example/", sigv4: { region: "eu-central-1", profile: "shop", roleArn: "r", externalId: "x", useFipsStsEndpoint: true, serviceName: "aps" } },
      { url: "https://azure.shop.example/", azuread: { cloud: "AzurePublic", scope: "https://shop.example/.default", managedIdentity: { clientId: "${ID}" } } },
      { url: "https://azure.shop.example/2", azuread: { workloadIdentity: { clientId: "${ID}", tenantId: "${ID}", tokenFilePath: "s/token" } } },
      { url: "https://azure.shop.example/3", azuread: { sdk: { tenantId: "shop" } } },
      { url: "https://azure.shop.example/4", azuread: { certificate: { clientId: "${ID}", tenantId: "shop", certificatePath: "s/c.pem", certificateKeyPath: "s/k.pem", sendCertificateChain: true } } },
      { url: "https://google.shop.example/", googleIam: { credentialsFile: "s/google.json" } },
    ],
    remoteRead: [
      {
        url: "https://store.shop.example/read", name: "store", timeout: "20s", chunkedReadLimit: 1000, readRecent: true,
        requiredMatchers: { team: "storefront" }, filterExternalLabels: false, ${HTTP}
        oauth2: { clientId: "shop", clientSecretFile: "s/oauth", tokenUrl: "https://id.shop.example/token" },
      },
    ],
    storage: {
      tsdb: {
        outOfOrderTimeWindow: "30m", staleSeriesCompactionThreshold: 0.5, chunkEncoding: { floats: "xor2" },
        retention: { time: "30d", size: "50GiB", percentage: 80 },
      },
      exemplars: { maxExemplars: 1000 },
    },
    tracing: {
      clientType: "http", endpoint: "tempo:4318", samplingFraction: 0.1, insecure: true, tls: { caFile: "s/ca.pem" },
      headers: { "X-Scope-OrgID": "shop" }, compression: "gzip", timeout: "5s",
    },
    otlp: {
      promoteAllResourceAttributes: true, ignoreResourceAttributes: ["process.pid"], translationStrategy: "NoUTF8EscapingWithSuffixes",
      keepIdentifyingResourceAttributes: true, convertHistogramsToNhcb: true, promoteScopeMetadata: true,
      labelNameUnderscoreSanitization: false, labelNamePreserveMultipleUnderscores: false,
    },
    runtime: { gogc: 50 },
  },
});
`;

/** The fields of Prometheus 3.14's own structs, save those for literal secrets, secrets' managers and old names. */
const FIELDS: Readonly<Record<string, string>> = {
  storage: "tsdb exemplars",
  "storage.tsdb": "out_of_order_time_window stale_series_compaction_threshold chunk_encoding retention",
  "storage.tsdb.retention": "time size percentage",
  tracing: "client_type endpoint sampling_fraction insecure tls_config headers compression timeout",
  otlp: `promote_all_resource_attributes ignore_resource_attributes translation_strategy keep_identifying_resource_attributes
    convert_histograms_to_nhcb promote_scope_metadata label_name_underscore_sanitization
    label_name_preserve_multiple_underscores`,
  runtime: "gogc",
  "remote_write.0": `url name remote_timeout write_relabel_configs send_exemplars send_native_histograms round_robin_dns
    protobuf_message queue_config metadata_config basic_auth tls_config follow_redirects enable_http2 proxy_url http_headers`,
  "remote_write.0.queue_config": `capacity max_shards min_shards max_samples_per_send batch_send_deadline min_backoff
    max_backoff retry_on_http_429 sample_age_limit`,
  "remote_write.0.metadata_config": "send send_interval max_samples_per_send",
  "remote_write.1.sigv4": "region profile role_arn external_id use_fips_sts_endpoint service_name",
  "remote_read.0": `url name remote_timeout chunked_read_limit read_recent required_matchers filter_external_labels oauth2
    tls_config follow_redirects enable_http2 proxy_url http_headers`,
  "alerting.alertmanagers.1": `scheme path_prefix timeout relabel_configs alert_relabel_configs authorization tls_config
    follow_redirects enable_http2 proxy_url http_headers kubernetes_sd_configs dns_sd_configs`,
};

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((one, key) => (one as Record<string, unknown>)[key], value);

describe("an environment that says everything of its Prometheus", () => {
  it("writes every field by Prometheus's name", async () => {
    const built = await buildTexts(EVERYTHING);
    expect(built.diagnostics.map(inShort)).toEqual([]);
    const config = parse(built.file("prometheus/prometheus.yml"));
    for (const [path, names] of Object.entries(FIELDS)) {
      expect([path, Object.keys(at(config, path) as object).toSorted()]).toEqual([path, names.split(/\s+/).toSorted()]);
    }
    expect(config.scrape_config_files).toEqual(["jobs/*.yml"]);
    expect(config.rule_files).toEqual(["own/*.yml"]);
    expect(config.storage.tsdb.retention.size).toBe("50GiB");
    expect(config.alerting.alertmanagers[0]).toEqual({
      scheme: "https",
      static_configs: [{ targets: ["alertmanager:9093"] }],
    });
  });

  it.skipIf(promtool === undefined)("passes promtool's whole check, files of secrets included", async () => {
    const built = await buildTexts(EVERYTHING);
    const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const put = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const { path, text } of built.files) put(path, text);
    for (const path of ["token", "password", "oauth", "c.pem", "k.pem", "ca.pem", "google.json"])
      put(`prometheus/s/${path}`, "");
    put("prometheus/own/a.yml", "groups: []\n");
    put("prometheus/jobs/a.yml", "scrape_configs: [{ job_name: own, static_configs: [{ targets: ['a:1'] }] }]\n");
    const file = join(folder, "prometheus/prometheus.yml");
    const { status, stdout, stderr } = spawnSync(promtool as string, ["check", "config", file], { encoding: "utf8" });
    expect(status, `${stdout}${stderr}`).toBe(0);
  });

  it.each([
    [
      "remoteWrite: [{ url: 'https://a.example/', basicAuth: { username: 'u', password: 'p' } }]",
      "secrets are references only: use passwordFile",
    ],
    ["remoteWrite: [{ url: 'https://a.example/', sigv4: { secretKey: 'k' } }]", "reads this one from no file"],
    ["remoteWrite: [{ url: 'https://a.example/', azuread: { oauth: {} } }]", "reads this one from no file"],
    ["remoteWrite: [{ url: 'https://a.example/', sigv4: {}, googleIam: {} }]", "give sigv4 or googleIam, not both"],
    [
      "remoteWrite: [{ url: 'https://a.example/', queue: { minShards: 60 } }]",
      "minShards 60 is more than maxShards 50",
    ],
    ["remoteWrite: [{ url: 'https://a.example/', queueConfig: {} }]", "queue_config is written queue here"],
    [
      "remoteRead: [{ url: 'https://a.example/', name: 'a' }, { url: 'https://b.example/', name: 'a' }]",
      'the name "a" stands twice',
    ],
    ["scrapeConfigFiles: ['*/jobs.yml']", "* may stand in the last part only"],
    ["tracing: { endpoint: 'tempo:4317', headers: { 'X-Api-Token': 't' } }", "secrets are references only"],
    ["tracing: {}", "endpoint is missing"],
    ["otlp: { ignoreResourceAttributes: ['a'] }", "needs promoteAllResourceAttributes: true"],
    ["storage: { tsdb: { retention: { percentage: 120 } } }", "120 is not between 0 and 100"],
    ["storage: { tsbd: {} }", 'unknown property "tsbd". Did you mean "tsdb"?'],
    ["alertmanagers: ['alertmanager']", "is not an address: write host:port"],
    ["alertmanagers: [{ discovery: { kind: 'dns', names: [] } }]", "the list must not be empty"],
  ])("refuses %s", async (text, message) => {
    const { diagnostics } = await buildTexts(`${SHOP}
      // @ts-nocheck
      export const production = environment("production", { prometheus: { ${text} } });`);
    expect(diagnostics.map(inShort)).toEqual([expect.stringContaining(message)]);
  });
});
