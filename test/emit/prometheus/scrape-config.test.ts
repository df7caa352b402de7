import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { scrapeConfig } from "../../../src/emit/prometheus/scrape-config.ts";
import {
  DISCOVERY_SCHEMAS,
  type DiscoveryKind,
  type DiscoverySpecs,
  discovery,
} from "../../../src/model/scrape/discovery/discovery.ts";
import {
  dnsDiscovery,
  fileDiscovery,
  httpDiscovery,
  kubernetesDiscovery,
  staticDiscovery,
} from "../../../src/model/scrape/discovery/factories.ts";
import type { HttpClientSpec } from "../../../src/model/scrape/http-client.ts";
import {
  dropLabels,
  dropSeries,
  keepTargets,
  renameLabel,
  renameMetric,
  setLabel,
} from "../../../src/model/scrape/relabel.ts";
import { type ScrapeSpec, scrapeSchema } from "../../../src/model/scrape/scrape.ts";
import { complaint, promtool } from "./promtool.ts";

const http: HttpClientSpec = {
  authorization: { type: "Bearer", credentialsFile: "secrets/token" },
  tls: { caFile: "ca.pem", certFile: "cert.pem", keyFile: "key.pem", minVersion: "TLS12", insecureSkipVerify: false },
  proxyUrl: "http://proxy.shop.example:3128",
  noProxy: "localhost,.shop.example",
  followRedirects: false,
  enableHttp2: false,
  headers: { "X-Shop": { values: ["catalog"] }, "X-Api-Key": { files: ["secrets/key"] } },
};

/** Every property that a kind has, save one of two that exclude each other. */
type Full<S> = Required<Omit<S, keyof HttpClientSpec | "kubeconfigFile">> & HttpClientSpec;

const SPECS: { readonly [K in DiscoveryKind]: Full<DiscoverySpecs[K]> } = {
  aws: {
    role: "ec2",
    ...awsAccess(),
    filters: [{ name: "tag:shop", values: ["catalog"] }],
    clusters: ["shop"],
    ...http,
  },
  azure: {
    environment: "AzurePublicCloud",
    port: 80,
    subscriptionId: "shop",
    tenantId: "tenant",
    clientId: "client",
    refreshInterval: "5m",
    authenticationMethod: "ManagedIdentity",
    resourceGroup: "shop",
    ...http,
  },
  consul: {
    server: "consul:8500",
    pathPrefix: "/consul",
    datacenter: "fra",
    namespace: "shop",
    partition: "one",
    tagSeparator: ",",
    scheme: "https",
    allowStale: false,
    refreshInterval: "30s",
    services: ["catalog"],
    tags: ["prod"],
    nodeMeta: { rackId: "12" },
    filter: 'ServiceMeta.team == "storefront"',
    healthFilter: 'Checks.Status == "passing"',
    ...http,
  },
  digitalocean: { refreshInterval: "60s", port: 80, role: "databases", ...http },
  dns: { names: ["catalog.shop.example"], refreshInterval: "30s", type: "A", port: 8080 },
  docker: {
    host: "unix:///var/run/docker.sock",
    port: 80,
    filters: [{ name: "label", values: ["shop"] }],
    hostNetworkingHost: "localhost",
    refreshInterval: "60s",
    matchFirstNetwork: true,
    ...http,
  },
  dockerswarm: {
    host: "tcp://swarm:2375",
    role: "tasks",
    port: 80,
    filters: [{ name: "label", values: ["shop"] }],
    refreshInterval: "60s",
    ...http,
  },
  ec2: { ...awsAccess(), filters: [{ name: "tag:shop", values: ["catalog"] }], ...http },
  ecs: { ...awsAccess(), clusters: ["shop"], requestConcurrency: 5, ...http },
  elasticache: { ...awsAccess(), clusters: ["shop"], requestConcurrency: 5, ...http },
  eureka: { server: "http://eureka.shop.example:8761/eureka", refreshInterval: "30s", ...http },
  file: { files: ["targets/catalog-*.yml"], refreshInterval: "5m" },
  gce: {
    project: "shop",
    zone: "europe-west3-a",
    filter: "labels.shop=catalog",
    refreshInterval: "60s",
    port: 80,
    tagSeparator: ",",
  },
  hetzner: { refreshInterval: "60s", port: 80, role: "hcloud", labelSelector: "shop=catalog", ...http },
  http: { url: "https://inventory.shop.example/targets", refreshInterval: "60s", ...http },
  ionos: { datacenterId: "8feda53f-15f0-447f-badf-ebe32dad2fc0", refreshInterval: "60s", port: 80, ...http },
  kubernetes: {
    role: "pod",
    apiServer: "https://kubernetes.shop.example",
    namespaces: { ownNamespace: false, names: ["shop"] },
    selectors: [{ role: "pod", label: "app in (catalog, checkout),tier", field: "status.phase=Running" }],
    attachMetadata: { node: true, namespace: true, deployment: true, job: true, cronjob: true },
    ...http,
  },
  kuma: { refreshInterval: "15s", fetchTimeout: "2m", server: "http://kuma:5676", clientId: "shop", ...http },
  lightsail: { ...awsAccess(), ...http },
  linode: { refreshInterval: "60s", port: 80, tagSeparator: ",", region: "eu-central", ...http },
  marathon: {
    servers: ["https://marathon.shop.example"],
    refreshInterval: "30s",
    authTokenFile: "secrets/dcos",
    tls: { caFile: "ca.pem" },
  },
  msk: { ...awsAccess(), clusters: ["shop"], requestConcurrency: 5, ...http },
  nerve: { servers: ["zookeeper:2181"], paths: ["/shop"], timeout: "10s" },
  nomad: {
    allowStale: false,
    namespace: "shop",
    refreshInterval: "60s",
    region: "eu",
    server: "http://nomad:4646",
    tagSeparator: ",",
    ...http,
  },
  oci: {
    auth: "api_key",
    tenancy: "ocid1.tenancy",
    user: "ocid1.user",
    fingerprint: "aa:bb",
    keyFile: "secrets/oci.pem",
    keyPassphraseFile: "secrets/oci",
    region: "eu-frankfurt-1",
    compartments: ["ocid1.compartment"],
    port: 80,
    refreshInterval: "60s",
    ...http,
  },
  openstack: {
    identityEndpoint: "https://identity.shop.example/v3",
    username: "shop",
    userId: "u1",
    projectName: "shop",
    projectId: "p1",
    domainName: "default",
    domainId: "d1",
    applicationCredentialName: "prometheus",
    applicationCredentialId: "a1",
    role: "instance",
    region: "fra",
    refreshInterval: "60s",
    port: 80,
    allTenants: true,
    tls: { caFile: "ca.pem" },
    availability: "internal",
  },
  outscale: {
    endpoint: "https://api.eu-west-2.outscale.com/api/v1",
    region: "eu-west-2",
    accessKey: "AK",
    secretKeyFile: "secrets/outscale",
    refreshInterval: "60s",
    port: 80,
    ...http,
  },
  puppetdb: {
    refreshInterval: "60s",
    url: "https://puppetdb:8081",
    query: "resources {}",
    includeParameters: true,
    port: 80,
    ...http,
  },
  rds: {
    ...awsAccess(),
    clusters: ["shop"],
    filters: [{ name: "engine", values: ["postgres"] }],
    requestConcurrency: 5,
    ...http,
  },
  scaleway: {
    projectId: "11111111-1111-1111-1111-111111111112",
    apiUrl: "https://api.scaleway.com",
    zone: "fr-par-1",
    accessKey: "SCWXXXXXXXXXXXXXXXXX",
    secretKeyFile: "secrets/scaleway",
    nameFilter: "catalog",
    tagsFilter: ["shop"],
    refreshInterval: "60s",
    port: 80,
    role: "instance",
    ...http,
  },
  serverset: { servers: ["zookeeper:2181"], paths: ["/shop"], timeout: "10s" },
  stackit: {
    project: "shop",
    refreshInterval: "60s",
    port: 80,
    region: "eu01",
    endpoint: "https://iaas.api.stackit.cloud",
    serviceAccountKeyPath: "secrets/sa.json",
    privateKeyPath: "secrets/sa.pem",
    credentialsFilePath: "secrets/credentials.json",
    ...http,
  },
  static: { targets: ["catalog:8080", "[::1]:8080"], labels: { warehouse: "fra" } },
  triton: {
    account: "shop",
    role: "container",
    dnsSuffix: "shop",
    endpoint: "cmon.shop.example",
    groups: ["catalog"],
    port: 9163,
    refreshInterval: "60s",
    tls: { caFile: "ca.pem" },
    version: 1,
  },
  vultr: { refreshInterval: "60s", port: 80, ...http },
};

function awsAccess() {
  return {
    region: "eu-central-1",
    endpoint: "https://ec2.shop.example",
    profile: "shop",
    roleArn: "arn:aws:iam::1:role/prometheus",
    externalId: "shop",
    refreshInterval: "60s",
    port: 80,
  } as const;
}

const KINDS = Object.keys(DISCOVERY_SCHEMAS) as DiscoveryKind[];

const everything: ScrapeSpec = {
  discovery: [staticDiscovery(["catalog:8080"], { warehouse: "fra" }), fileDiscovery("targets/*.json")],
  labels: { shop: "mugs $5" },
  honorLabels: true,
  honorTimestamps: false,
  trackTimestampsStaleness: true,
  params: { "match[]": ['{job="catalog"}'], module: ["http_2xx"] },
  interval: "30s",
  timeout: "10s",
  scrapeProtocols: ["OpenMetricsText1.0.0", "PrometheusText0.0.4"],
  fallbackScrapeProtocol: "PrometheusText0.0.4",
  scrapeNativeHistograms: true,
  alwaysScrapeClassicHistograms: true,
  convertClassicHistogramsToNhcb: false,
  scrapeFailureLogFile: "failures.log",
  path: "/actuator/prometheus",
  scheme: "https",
  enableCompression: false,
  limits: {
    bodySize: "50MB",
    samples: 1000,
    targets: 10,
    labels: 20,
    labelNameLength: 50,
    labelValueLength: 200,
    nativeHistogramBuckets: 160,
    nativeHistogramMinBucketFactor: 1.1,
    keepDroppedTargets: 5,
  },
  metricNameValidationScheme: "utf8",
  metricNameEscapingScheme: "dots",
  extraScrapeMetrics: true,
  oauth2: {
    clientId: "prometheus",
    clientSecretFile: "secrets/oauth2",
    tokenUrl: "https://login.shop.example/token",
    scopes: ["metrics"],
    endpointParams: { audienceName: "shop" },
    tls: { caFile: "ca.pem" },
  },
  relabel: [keepTargets({ env: "prod", "a b": /x;.*/ }), renameLabel("region", "dc")],
  metricRelabel: [
    renameMetric("clicks", "catalog_clicks_total"),
    dropLabels("pod_.*"),
    dropSeries({ path: "/health" }),
  ],
  keepOnlyDeclared: true,
};

describe("a scrape job", () => {
  it("stands in Prometheus's names and order, whatever order it was written in", () => {
    const printed = scrapeConfig("catalog", everything, ["catalog_stock", "a.b", "a.b"]);
    const reversed = Object.fromEntries(Object.entries(everything).reverse()) as ScrapeSpec;
    expect(JSON.stringify(scrapeConfig("catalog", reversed, ["a.b", "catalog_stock"]))).toBe(JSON.stringify(printed));
    expect(stringify(printed)).toMatchInlineSnapshot(`
      "job_name: catalog
      honor_labels: true
      honor_timestamps: false
      track_timestamps_staleness: true
      params:
        match[]:
          - '{job="catalog"}'
        module:
          - http_2xx
      scrape_interval: 30s
      scrape_timeout: 10s
      scrape_protocols:
        - OpenMetricsText1.0.0
        - PrometheusText0.0.4
      fallback_scrape_protocol: PrometheusText0.0.4
      scrape_native_histograms: true
      always_scrape_classic_histograms: true
      convert_classic_histograms_to_nhcb: false
      scrape_failure_log_file: failures.log
      metrics_path: /actuator/prometheus
      scheme: https
      enable_compression: false
      body_size_limit: 50000000B
      sample_limit: 1000
      target_limit: 10
      label_limit: 20
      label_name_length_limit: 50
      label_value_length_limit: 200
      native_histogram_bucket_limit: 160
      native_histogram_min_bucket_factor: 1.1
      keep_dropped_targets: 5
      metric_name_validation_scheme: utf8
      metric_name_escaping_scheme: dots
      extra_scrape_metrics: true
      oauth2:
        client_id: prometheus
        client_secret_file: secrets/oauth2
        scopes:
          - metrics
        token_url: https://login.shop.example/token
        endpoint_params:
          audienceName: shop
        tls_config:
          ca_file: ca.pem
      file_sd_configs:
        - files:
            - targets/*.json
      static_configs:
        - targets:
            - catalog:8080
          labels:
            warehouse: fra
      relabel_configs:
        - source_labels:
            - shop
          regex: ""
          target_label: shop
          replacement: mugs $$5
          action: replace
        - source_labels:
            - env
            - a b
          separator: "\\x1f"
          regex: "prod\\x1f(?:x;.*)"
          action: keep
        - regex: region
          replacement: dc
          action: labelmap
        - regex: region
          action: labeldrop
      metric_relabel_configs:
        - source_labels:
            - __name__
          regex: clicks
          target_label: __name__
          replacement: catalog_clicks_total
          action: replace
        - regex: pod_.*
          action: labeldrop
        - source_labels:
            - path
          regex: /health
          action: drop
        - source_labels:
            - __name__
          regex: a\\.b|catalog_stock
          action: keep
      "
    `);
  });

  it("gives its labels to written targets where they stand, which may have others of that name", () => {
    const discovery = [staticDiscovery(["a:1"], { team: "one" }), staticDiscovery(["b:1"])];
    expect(scrapeConfig("catalog", { discovery, labels: { team: "two", dc: "fra" } })).toEqual({
      job_name: "catalog",
      static_configs: [
        { targets: ["a:1"], labels: { dc: "fra", team: "one" } },
        { targets: ["b:1"], labels: { dc: "fra", team: "two" } },
      ],
    });
  });

  it("holds only what was set", () => {
    expect(scrapeConfig("catalog", { targets: ["catalog:8080"] })).toEqual({
      job_name: "catalog",
      static_configs: [{ targets: ["catalog:8080"] }],
    });
  });

  it.each([
    [0, "0B"],
    [1, "1B"],
    ["1kB", "1000B"],
    ["100MB", "100000000B"],
    ["1.5GiB", "1536MiB"],
    ["2TiB", "2TiB"],
  ] as const)("limits the size %s by %s, since Prometheus counts in powers of two", (bodySize, printed) => {
    expect(scrapeConfig("catalog", { limits: { bodySize } })).toMatchObject({ body_size_limit: printed });
  });

  it("keeps the keys of maps as they are", () => {
    const job = scrapeConfig("catalog", { discovery: discovery("consul", SPECS.consul), params: { someThing: ["a"] } });
    expect(job).toMatchObject({ params: { someThing: ["a"] }, consul_sd_configs: [{ node_meta: { rackId: "12" } }] });
  });
});

describe("every discovery", () => {
  it.each(KINDS)("%s passes its schema with all of its properties", (kind) => {
    const found = discovery(kind, SPECS[kind] as never);
    expect(scrapeSchema.safeParse({ discovery: found }).error?.issues ?? []).toEqual([]);
    const shape = Object.keys(DISCOVERY_SCHEMAS[kind].shape);
    expect(shape).toEqual(expect.arrayContaining(Object.keys(SPECS[kind])));
  });
});

describe.skipIf(promtool === undefined)("promtool (skipped without promtool 3)", () => {
  it("accepts a job of each discovery with all of its properties", () => {
    const jobs = KINDS.map((kind) => scrapeConfig(kind, { discovery: discovery(kind, SPECS[kind] as never) }));
    expect(complaint(jobs)).toBeUndefined();
  });

  it("accepts a job with all settings", () => {
    expect(complaint([scrapeConfig("catalog", everything, ["catalog_stock"])])).toBeUndefined();
  });

  it("accepts what the factories make", () => {
    const made = [
      staticDiscovery(["catalog:8080"]),
      fileDiscovery(["a.yml", "b-*.json"], { refreshInterval: "1m" }),
      httpDiscovery("https://inventory.shop.example/targets", {
        basicAuth: { username: "p", passwordFile: "secrets/p" },
      }),
      dnsDiscovery("_metrics._tcp.catalog"),
      dnsDiscovery(["catalog"], { type: "AAAA", port: 8080 }),
      ...(["pod", "service", "endpoints", "endpointslice", "ingress", "node"] as const).map((role) =>
        kubernetesDiscovery(role),
      ),
    ];
    const spec = { discovery: made, labels: { 'odd "name': "#{{ $x }}: '\n" }, relabel: [setLabel("ünï", "$1")] };
    expect(scrapeSchema.safeParse(spec).error).toBeUndefined();
    expect(complaint([scrapeConfig("{{ odd }}: #job", spec)])).toBeUndefined();
  });
});
