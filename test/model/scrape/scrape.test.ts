import { describe, expect, it } from "vitest";
import { DISCOVERY_SCHEMAS, discovery } from "../../../src/model/scrape/discovery/discovery.ts";
import {
  dnsDiscovery,
  fileDiscovery,
  kubernetesDiscovery,
  staticDiscovery,
} from "../../../src/model/scrape/discovery/factories.ts";
import {
  copyLabel,
  dropMetrics,
  dropSeries,
  hashMod,
  keepTargets,
  mapLabels,
  relabel,
  setLabel,
} from "../../../src/model/scrape/relabel.ts";
import { scrapeSchema } from "../../../src/model/scrape/scrape.ts";

/** What is wrong, a line each: path and message. */
function mistakes(spec: object): readonly string[] {
  const issues = scrapeSchema.safeParse(spec).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const at = { targets: ["catalog:8080"] };
const secret = (twin: string) => `secrets are references only: use ${twin}, the path of a file on the server`;

describe("a mistake is told at its property", () => {
  it.each<[object, string]>([
    [{}, ": nothing to scrape: give targets or discovery"],
    [{ ...at, interval: "5 minutes" }, 'interval: "5 minutes" is not a duration: write it like "30s", "5m" or "1h30m"'],
    [{ ...at, interval: "0s" }, 'interval: "0s" is too short: a duration here must be longer than zero'],
    [{ ...at, interval: "10s", timeout: "11s" }, "timeout: the timeout 11s is longer than the interval 10s"],
    [{ ...at, intervall: "10s" }, 'intervall: unknown property "intervall". Did you mean "interval"?'],
    [{ ...at, scrape_interval: "10s" }, "scrape_interval: scrape_interval is written interval here"],
    [{ ...at, sampleLimit: 5 }, "sampleLimit: sample_limit is written limits.samples here"],
    [{ ...at, honor_labels: true }, 'honor_labels: "honor_labels" is written honorLabels here'],
    [{ ...at, scheme: "htps" }, 'scheme: "htps" is none of http, https. Did you mean "https"?'],
    [{ ...at, path: "metrics" }, 'path: the path "metrics" must begin with "/"'],
    [{ ...at, path: "/probe?module=x" }, "path: a path holds no ? or #: parameters belong to params"],
    [{ ...at, scrapeProtocols: [] }, "scrapeProtocols: the list must not be empty"],
    [
      { ...at, scrapeProtocols: ["PrometheusProto", "PrometheusProto"] },
      "scrapeProtocols.1: PrometheusProto stands twice",
    ],
    [{ ...at, limits: { samples: -1 } }, "limits.samples: -1 is not a whole number of 0 or more"],
    [
      { ...at, limits: { bodySize: "5MX" } },
      'limits.bodySize: "5MX" is not a size: give bytes, or write it like "50MiB"',
    ],
    [
      { ...at, metricNameValidationScheme: "legacy", metricNameEscapingScheme: "allow-utf-8" },
      "metricNameEscapingScheme: allow-utf-8 brings names that the legacy scheme refuses",
    ],
    [{ ...at, labels: { "": "x" } }, "labels.: a label's name must not be empty"],
    [{ ...at, labels: { team: 5 } }, "labels.team: expected a text, got 5"],
    [{ ...at, labels: { team: "\ud800" } }, "labels.team: holds half of a surrogate pair, which UTF-8 cannot express"],
    [
      { ...at, labels: { __scheme__: "https" } },
      "labels: the label __scheme__ is Prometheus's own: set it in a staticDiscovery, or by setLabel in relabel",
    ],
    [{ ...at, honorLabels: "yes" }, 'honorLabels: expected true or false, got "yes"'],
    [
      { ...at, proxyUrl: "ftp://proxy" },
      "proxyUrl: the URL's scheme must be http or https or socks5 or socks5h, not ftp",
    ],
    [{ ...at, noProxy: "a" }, "noProxy: noProxy needs a proxyUrl to make exceptions from"],
    [{ ...at, tls: { certFile: "a" } }, "tls.certFile: a client's certificate needs its keyFile"],
    [{ ...at, tls: { keyFile: "a" } }, "tls.keyFile: a client's key needs its certFile"],
    [{ ...at, tls: { ca: "a", caFile: "a" } }, "tls.caFile: give ca or caFile, not both"],
    [
      { ...at, tls: { caFile: "-----BEGIN\n" } },
      "tls.caFile: a path has no line breaks: give the path of the file, not what is in it",
    ],
    [{ ...at, basicAuth: {}, oauth2: oauth2() }, "oauth2: give basicAuth or oauth2, not both"],
    [{ ...at, oauth2: { clientId: "a" } }, "oauth2.tokenUrl: tokenUrl is missing"],
    [
      { ...at, authorization: { type: "Basic", credentialsFile: "a" } },
      "authorization.type: for basic authentication use basicAuth",
    ],
    [
      { ...at, headers: { Host: { values: ["a"] } } },
      "headers.Host: Prometheus sets the header Host itself. To authenticate use authorization or basicAuth",
    ],
  ])("%j", (spec, message) => {
    expect(mistakes(spec)).toEqual([message]);
  });

  it("all at once", () => {
    const paths = mistakes({
      targets: ["a/b"],
      interval: "x",
      timeout: "y",
      password: "p",
      tls: { caFile: 5, key: "k" },
    });
    expect(paths.map((line) => line.split(":")[0])).toEqual([
      "interval",
      "timeout",
      "tls.caFile",
      "tls.key",
      "password",
      "targets.0",
    ]);
  });
});

describe("a target is host:port", () => {
  it.each([
    ["http://catalog:8080/metrics", /is a URL.*scheme \("http"\)/],
    ["catalog:8080/metrics", /holds a path/],
    ["", /is empty/],
    ["catalog:http", /is no address/],
    ["catalog:99999", /a port outside of 1 to 65535/],
    ["catalog:0", /a port outside of 1 to 65535/],
    ["::1", /IPv6 address, which stands in brackets/],
    ["user:pass@catalog", /is no address/],
    ["two words:80", /is no address/],
  ])("and not %s", (target, message) => {
    expect(mistakes({ targets: [target] })).toEqual([expect.stringMatching(message)]);
    expect(mistakes({ discovery: [staticDiscovery(["fine:1", target])] })).toEqual([
      expect.stringMatching(/^discovery\.0\.targets\.1: /),
    ]);
  });

  it.each(["catalog", "catalog:8080", "10.0.0.1:9100", "[::1]:9100", "[fe80::1%eth0]:9100", "shop_db-1.example:1"])(
    "such as %s",
    (target) => {
      expect(mistakes({ targets: [target] })).toEqual([]);
    },
  );

  it("unless relabelling makes an address of it, as for probes", () => {
    const probe = [copyLabel("__address__", "__param_target"), setLabel("__address__", "blackbox:9115")];
    expect(mistakes({ targets: ["https://shop.example/"], relabel: probe })).toEqual([]);
    expect(mistakes({ targets: ["https://shop.example/"], relabel: probe.slice(0, 1) })).toEqual([
      expect.stringMatching(/^targets\.0: "https:\/\/shop\.example\/" is a URL/),
    ]);
    expect(mistakes({ targets: ["shop:1"], relabel: [setLabel("__address__", "http://blackbox")] })).toEqual([
      expect.stringMatching(/^targets\.0: after relabelling, "http:\/\/blackbox" is a URL/),
    ]);
    expect(mistakes({ targets: ["https://shop.example/"], relabel: [keepTargets({ env: "prod" })] })).toEqual([]);
  });
});

describe("a literal secret is refused", () => {
  it.each<[object, string]>([
    [{ bearerToken: "x" }, `bearerToken: ${secret("authorization with credentialsFile")}`],
    [{ bearer_token: "x" }, `bearer_token: ${secret("authorization with credentialsFile")}`],
    [{ password: "x" }, `password: ${secret("passwordFile")}`],
    [{ token: "x" }, `token: ${secret("passwordFile")}`],
    [{ basicAuth: { username: "p", password: "x" } }, `basicAuth.password: ${secret("passwordFile")}`],
    [{ authorization: { credentials: "x" } }, `authorization.credentials: ${secret("credentialsFile")}`],
    [{ oauth2: { ...oauth2(), clientSecret: "x" } }, `oauth2.clientSecret: ${secret("clientSecretFile")}`],
    [
      { oauth2: { ...oauth2(), endpointParams: { password: "x" } } },
      `oauth2.endpointParams.password: ${secret("clientSecretFile")}`,
    ],
    [{ tls: { certFile: "a", key: "x" } }, `tls.key: ${secret("keyFile")}`],
    [{ headers: { A: { secrets: ["x"] } } }, `headers.A.secrets: ${secret("files")}`],
    [{ headers: { "X-Auth-Token": { values: ["x"] } } }, `headers.X-Auth-Token.values: ${secret("files")}`],
    [
      { proxyUrl: "http://user:x@proxy" },
      `proxyUrl: a URL is no place for credentials. ${secret("basicAuth with passwordFile")}`,
    ],
  ])("%j", (spec, message) => {
    expect(mistakes({ ...at, ...spec })).toEqual([message]);
  });

  it.each<[object, RegExp]>([
    [{ params: { api_key: ["x"] } }, /^params\.api_key: secrets are references only, and the server reads/],
    [
      { proxyUrl: "http://p", proxyConnectHeader: { a: ["x"] } },
      /^proxyConnectHeader: secrets are references only, and/,
    ],
    [{ discovery: discovery("ec2", { secretKey: "x" } as never) }, /^discovery\.secretKey: .*name a profile/],
    [
      { discovery: discovery("consul", { token: "x" } as never) },
      /^discovery\.token: .*authorization with credentialsFile/,
    ],
    [
      { discovery: [discovery("openstack", { role: "instance", region: "a", password: "x" } as never)] },
      /^discovery\.0\.password: .*OS_/,
    ],
    [{ discovery: discovery("azure", { subscriptionId: "a" } as never) }, /^discovery\.authenticationMethod: .*OAuth/],
    [
      { discovery: discovery("scaleway" as "vultr", scaleway({ secretKey: "x" }) as object) },
      /^discovery\.secretKey: .*secretKeyFile/,
    ],
    [
      { discovery: discovery("ovhcloud" as "vultr", {}) },
      /^discovery: .*application_secret and consumer_key.*scrapeConfigFiles/,
    ],
    [{ discovery: discovery("uyuni" as "vultr", {}) }, /^discovery: .*uyuni needs password/],
  ])("where Prometheus reads it from no file too: %j", (spec, message) => {
    expect(mistakes({ ...("discovery" in spec ? {} : at), ...spec })).toEqual([expect.stringMatching(message)]);
  });
});

describe("a discovery", () => {
  it.each<[object, string]>([
    [{ kind: "consull" }, 'discovery: unknown discovery "consull". Did you mean "consul"?'],
    [{}, "discovery: expected a discovery: what kubernetesDiscovery(), discovery() and the like return"],
    [
      fileDiscovery("targets.txt"),
      'discovery.files.0: "targets.txt" is no file of targets: it must end in .json, .yml or .yaml, with at most one * in its last part',
    ],
    [dnsDiscovery([]), "discovery.names: the list must not be empty"],
    [dnsDiscovery("catalog", { type: "A" }), "discovery.type: A records name no port: give port"],
    [
      dnsDiscovery("catalog", { type: "A", port: 70000 }),
      "discovery.port: 70000 is not a port: give a whole number from 1 to 65535",
    ],
    [
      kubernetesDiscovery("pods" as "pod"),
      'discovery.role: "pods" is none of pod, service, endpoints, endpointslice, ingress, node. Did you mean "pod"?',
    ],
    [
      kubernetesDiscovery("pod", { apiServer: "https://k", kubeconfigFile: "k" }),
      "discovery.kubeconfigFile: give apiServer or kubeconfigFile, not both",
    ],
    [
      kubernetesDiscovery("pod", { followRedirects: true, tls: { caFile: "a" } }),
      "discovery.tls: tls speaks of an API server: give its URL as apiServer",
    ],
    [
      kubernetesDiscovery("pod", { kubeconfigFile: "k", namespaces: { ownNamespace: true } }),
      "discovery.namespaces.ownNamespace: with kubeconfigFile, Prometheus has no namespace of its own: name the namespaces",
    ],
    [
      kubernetesDiscovery("service", { selectors: [{ role: "pod" }] }),
      "discovery.selectors.0.role: the role service takes selectors of service only",
    ],
    [
      kubernetesDiscovery("pod", { selectors: [{ role: "pod" }, { role: "pod" }] }),
      "discovery.selectors.1.role: a second selector of the role pod: put both into one",
    ],
    [
      kubernetesDiscovery("pod", { selectors: [{ role: "pod", label: "app=a,=b" }] }),
      'discovery.selectors.0.label: "=b" is no part of a label selector: write app=catalog or app in (a, b)',
    ],
    [
      kubernetesDiscovery("pod", { selectors: [{ role: "pod", field: "phase" }] }),
      'discovery.selectors.0.field: "phase" is no part of a field selector: write status.phase=Running',
    ],
    [discovery("nerve", { servers: ["z"], paths: ["shop"] }), 'discovery.paths.0: "shop" must begin with "/"'],
    [
      discovery("oci", { region: "a", auth: "instance_principal", user: "u" }),
      "discovery.user: instance_principal takes no user",
    ],
    [
      discovery("ec2", { filters: [{ name: "a", values: [] }] }),
      "discovery.filters.0.values: the list must not be empty",
    ],
    [
      discovery("eureka", { server: "eureka" }),
      'discovery.server: "eureka" is not a URL: write it in full, like "http://shop.example/"',
    ],
  ])("is checked: %j", (found, message) => {
    expect(mistakes({ discovery: found })).toEqual([message]);
  });

  it("is frozen data, apart from what it was made of", () => {
    const names = ["catalog"];
    const found = dnsDiscovery(names);
    names.push("checkout");
    expect(found).toEqual({ kind: "dns", names: ["catalog"] });
    expect(Object.isFrozen(found) && Object.isFrozen(found.names)).toBe(true);
  });
});

describe("a rule of relabelling", () => {
  it.each<[object, string]>([
    [dropMetrics(/go_.*/i), "0.regex: /go_.*/i has the flag i, which gets lost: write (?i) at the start of a text"],
    [dropMetrics(/go_.*/gm), "0.regex: /go_.*/gm has the flags gm, which mean nothing to Prometheus: leave them out"],
    [dropSeries({ a: "x", b: /(?=x)/ }), "0.regex.1: "],
    [dropSeries({}), "0.sourceLabels: drop reads no label, so that it would treat all alike: name at least one"],
    [hashMod("a", 0, "b"), "0.modulus: 0 is not a whole number of 1 or more"],
    [setLabel("", "x"), "0.targetLabel: replace needs a targetLabel"],
    [mapLabels("a", ""), '0.replacement: "" cannot name a label'],
    [relabel({ action: "hashmod", targetLabel: "a" }), "0.modulus: hashmod needs a modulus"],
    [
      relabel({ action: "lowercase", targetLabel: "a", replacement: "b" }),
      "0.replacement: lowercase takes no replacement",
    ],
    [
      relabel({ action: "keepequal", targetLabel: "a", regex: "x" }),
      "0.regex: keepequal takes sourceLabels and targetLabel only",
    ],
    [relabel({ action: "labeldrop", regex: "x", separator: "," }), "0.separator: labeldrop takes regex only"],
    [
      relabel({ sourceLabels: ["a"], regex: ["x", "y"], action: "keep" }),
      "0.regex: 2 patterns for 1 labels: give one for each",
    ],
    [relabel({ action: "dorp" as "drop" }), '0.action: "dorp" is none of replace, keep, drop'],
    [{ action: "drop" }, "0: expected a rule of relabelling: what relabel(), dropMetrics() and the like return"],
    [[setLabel("a", "b"), setLabel("", "b")], "0.1.targetLabel: replace needs a targetLabel"],
  ])("is checked: %j", (rule, message) => {
    expect(mistakes({ ...at, metricRelabel: [rule] })).toEqual([expect.stringContaining(`metricRelabel.${message}`)]);
  });

  it("writes names of the legacy scheme only under it", () => {
    const relabelled = { ...at, relabel: [setLabel("a.b", "x"), mapLabels("(.*)", "x_$1"), copyLabel("a.b", "c")] };
    expect(mistakes(relabelled)).toEqual([]);
    expect(mistakes({ ...relabelled, metricNameValidationScheme: "legacy" })).toEqual([
      'relabel.0.targetLabel: "a.b" cannot name a label: under the legacy scheme use letters, digits and _',
    ]);
  });
});

function oauth2() {
  return { clientId: "prometheus", tokenUrl: "https://login.shop.example/token" };
}

function scaleway(more: object) {
  return {
    projectId: "11111111-1111-1111-1111-111111111112",
    accessKey: "SCWXXXXXXXXXXXXXXXXX",
    role: "instance",
    ...more,
  };
}

describe("junk is reported, and never thrown over", () => {
  const junk = [null, 5, "x", [], {}, [null], { "": null }, [[[]]], true, () => 1, Number.NaN];

  it.each(Object.keys(scrapeSchema.shape))("as %s", (key) => {
    for (const value of junk) {
      expect(() => mistakes({ ...at, [key]: value })).not.toThrow();
      expect(() => mistakes({ ...at, [key]: { [key]: value, role: value } })).not.toThrow();
    }
  });

  it.each(Object.entries(DISCOVERY_SCHEMAS))("in a discovery of %s", (kind, { shape }) => {
    for (const value of junk) {
      for (const key of Object.keys(shape)) expect(() => mistakes({ discovery: { kind, [key]: value } })).not.toThrow();
      const all = Object.fromEntries(Object.keys(shape).map((key) => [key, value]));
      expect(mistakes({ discovery: [{ ...all, kind }] })).not.toEqual([]);
    }
  });
});
