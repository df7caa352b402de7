/**
 * How Prometheus finds targets: one kind for each discovery of Prometheus 3.14, with its specification and its schema.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
import { z } from "zod";
import { didYouMean } from "../../../diagnostic/near-miss.ts";
import { freezeDeep } from "../freeze.ts";
import { choose, type ObjectSchema, secretWithoutFile } from "../object-schema.ts";
import {
  type AwsSpec,
  awsSchema,
  type Ec2Spec,
  type EcsSpec,
  type ElasticacheSpec,
  ec2Schema,
  ecsSchema,
  elasticacheSchema,
  type LightsailSpec,
  lightsailSchema,
  type MskSpec,
  mskSchema,
  type RdsSpec,
  rdsSchema,
} from "./aws.ts";
import { type AzureSpec, azureSchema } from "./azure.ts";
import { type ConsulSpec, consulSchema } from "./consul.ts";
import { type DigitaloceanSpec, digitaloceanSchema } from "./digitalocean.ts";
import { type DnsSpec, dnsSchema } from "./dns.ts";
import { type DockerSpec, type DockerswarmSpec, dockerSchema, dockerswarmSchema } from "./docker.ts";
import { type EurekaSpec, eurekaSchema } from "./eureka.ts";
import { type FileSpec, fileSchema } from "./file.ts";
import { type GceSpec, gceSchema } from "./gce.ts";
import { type HetznerSpec, hetznerSchema } from "./hetzner.ts";
import { type HttpSpec, httpSchema } from "./http.ts";
import { type IonosSpec, ionosSchema } from "./ionos.ts";
import { type KubernetesSpec, kubernetesSchema } from "./kubernetes.ts";
import { type KumaSpec, kumaSchema } from "./kuma.ts";
import { type LinodeSpec, linodeSchema } from "./linode.ts";
import { type MarathonSpec, marathonSchema } from "./marathon.ts";
import { type NomadSpec, nomadSchema } from "./nomad.ts";
import { type OciSpec, ociSchema } from "./oci.ts";
import { type OpenstackSpec, openstackSchema } from "./openstack.ts";
import { type OutscaleSpec, outscaleSchema } from "./outscale.ts";
import { type PuppetdbSpec, puppetdbSchema } from "./puppetdb.ts";
import { type ScalewaySpec, scalewaySchema } from "./scaleway.ts";
import { type StackitSpec, stackitSchema } from "./stackit.ts";
import { type StaticSpec, staticSchema } from "./static.ts";
import { type TritonSpec, tritonSchema } from "./triton.ts";
import { type VultrSpec, vultrSchema } from "./vultr.ts";
import { type NerveSpec, nerveSchema, type ServersetSpec, serversetSchema } from "./zookeeper.ts";

/**
 * What each kind of discovery is told.
 *
 * OVHcloud and Uyuni are missing: Prometheus 3.14 refuses them without secrets that it takes as literals only.
 */
export interface DiscoverySpecs {
  readonly aws: AwsSpec;
  readonly azure: AzureSpec;
  readonly consul: ConsulSpec;
  readonly digitalocean: DigitaloceanSpec;
  readonly dns: DnsSpec;
  readonly docker: DockerSpec;
  readonly dockerswarm: DockerswarmSpec;
  readonly ec2: Ec2Spec;
  readonly ecs: EcsSpec;
  readonly elasticache: ElasticacheSpec;
  readonly eureka: EurekaSpec;
  readonly file: FileSpec;
  readonly gce: GceSpec;
  readonly hetzner: HetznerSpec;
  readonly http: HttpSpec;
  readonly ionos: IonosSpec;
  readonly kubernetes: KubernetesSpec;
  readonly kuma: KumaSpec;
  readonly lightsail: LightsailSpec;
  readonly linode: LinodeSpec;
  readonly marathon: MarathonSpec;
  readonly msk: MskSpec;
  readonly nerve: NerveSpec;
  readonly nomad: NomadSpec;
  readonly oci: OciSpec;
  readonly openstack: OpenstackSpec;
  readonly outscale: OutscaleSpec;
  readonly puppetdb: PuppetdbSpec;
  readonly rds: RdsSpec;
  readonly scaleway: ScalewaySpec;
  readonly serverset: ServersetSpec;
  readonly stackit: StackitSpec;
  readonly static: StaticSpec;
  readonly triton: TritonSpec;
  readonly vultr: VultrSpec;
}

export type DiscoveryKind = keyof DiscoverySpecs;

/** A way in which Prometheus finds targets. */
export type Discovery<K extends DiscoveryKind = DiscoveryKind> = {
  readonly [P in K]: DiscoverySpecs[P] & { readonly kind: P };
}[K];

/** The schema of each kind's specification. */
export const DISCOVERY_SCHEMAS: { readonly [K in DiscoveryKind]: ObjectSchema<DiscoverySpecs[K]> } = {
  aws: awsSchema,
  azure: azureSchema,
  consul: consulSchema,
  digitalocean: digitaloceanSchema,
  dns: dnsSchema,
  docker: dockerSchema,
  dockerswarm: dockerswarmSchema,
  ec2: ec2Schema,
  ecs: ecsSchema,
  elasticache: elasticacheSchema,
  eureka: eurekaSchema,
  file: fileSchema,
  gce: gceSchema,
  hetzner: hetznerSchema,
  http: httpSchema,
  ionos: ionosSchema,
  kubernetes: kubernetesSchema,
  kuma: kumaSchema,
  lightsail: lightsailSchema,
  linode: linodeSchema,
  marathon: marathonSchema,
  msk: mskSchema,
  nerve: nerveSchema,
  nomad: nomadSchema,
  oci: ociSchema,
  openstack: openstackSchema,
  outscale: outscaleSchema,
  puppetdb: puppetdbSchema,
  rds: rdsSchema,
  scaleway: scalewaySchema,
  serverset: serversetSchema,
  stackit: stackitSchema,
  static: staticSchema,
  triton: tritonSchema,
  vultr: vultrSchema,
};

/** The discoveries that cannot work without a literal secret, with the names of those secrets. */
const LITERAL_ONLY: Readonly<Record<string, string>> = {
  ovhcloud: "application_secret and consumer_key",
  uyuni: "password",
};

/**
 * Finds targets in any way that Prometheus knows.
 *
 * ```ts
 * discovery("consul", { server: "consul:8500", tags: ["shop"] });
 * ```
 */
export function discovery<K extends DiscoveryKind>(kind: K, spec: DiscoverySpecs[K]): Discovery<K> {
  return freezeDeep({ ...spec, kind }) as unknown as Discovery<K>;
}

const oneSchema = choose<Discovery>((value) => {
  const kind = typeof value === "object" && value !== null && "kind" in value ? String(value.kind) : undefined;
  if (kind === undefined) return "expected a discovery: what kubernetesDiscovery(), discovery() and the like return";
  const secrets = LITERAL_ONLY[kind];
  if (secrets !== undefined) {
    return secretWithoutFile(
      `${kind} needs ${secrets}. Write that job into a file on the server and name the file in scrapeConfigFiles of the environment's prometheus`,
    );
  }
  return BY_KIND.get(kind) ?? `unknown discovery ${JSON.stringify(kind)}.${didYouMean(kind, BY_KIND.keys())}`;
});

const severalSchema = z.array(oneSchema).min(1, { error: "the list must not be empty" });

/** One discovery, or a list of them. */
export const discoverySchema = choose<Discovery | readonly Discovery[]>((value) =>
  Array.isArray(value) ? severalSchema : oneSchema,
);

/** Each schema with the kind taken off first. */
const BY_KIND = new Map(
  Object.entries(DISCOVERY_SCHEMAS).map(([kind, schema]) => [
    kind,
    z.preprocess(({ kind: _, ...spec }: Record<string, unknown>) => spec, schema as z.ZodType),
  ]),
);
