/** Targets in AWS. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#aws_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, list, oneOf, port, text, whole } from "../field.ts";
import { type HttpClientSpec, httpObjectOf } from "../http-client.ts";
import { secretWithoutFile } from "../object-schema.ts";
import { type Filter, filters } from "./filter.ts";

/**
 * How Prometheus reaches an API of AWS.
 *
 * The keys are left out, for Prometheus 3.14 takes the secret one as a literal only: it finds them as the tools of AWS
 * do, or in the profile named here.
 */
interface AwsAccess extends HttpClientSpec {
  /** Default: the region of the machine. */
  readonly region?: string;
  /** The endpoint of the API. Default: that of the region. */
  readonly endpoint?: string;
  /** The profile of the credentials file on the Prometheus server. */
  readonly profile?: string;
  /** The ARN of the role to assume. */
  readonly roleArn?: string;
  /** The external id to assume the role with. */
  readonly externalId?: string;
  /** How often the API is asked. Default: `"60s"`. */
  readonly refreshInterval?: DurationText;
  /** The port of the targets. Default: 80. */
  readonly port?: number;
}

interface Filtered {
  /** Which of them become targets. */
  readonly filters?: readonly Filter[];
}

interface Clustered {
  /** The clusters to look at, by ARN or name. Default: all. */
  readonly clusters?: readonly string[];
}

interface Concurrent {
  /** How many requests run at the same time. Default: 10, for ECS 20. */
  readonly requestConcurrency?: number;
}

/** Targets in AWS, whatever the service. */
export interface AwsSpec extends AwsAccess, Filtered, Clustered {
  /** Which service to ask; filters are for `ec2` and `rds`, clusters for all but `ec2` and `lightsail`. */
  readonly role: "ec2" | "ecs" | "elasticache" | "lightsail" | "msk" | "rds";
}

/** Machines of EC2. */
export interface Ec2Spec extends AwsAccess, Filtered {}
/** Tasks of ECS. */
export interface EcsSpec extends AwsAccess, Clustered, Concurrent {}
/** Nodes of ElastiCache. */
export interface ElasticacheSpec extends AwsAccess, Clustered, Concurrent {}
/** Machines of Lightsail. */
export interface LightsailSpec extends AwsAccess {}
/** Brokers of MSK. */
export interface MskSpec extends AwsAccess, Clustered, Concurrent {}
/** Instances of RDS. */
export interface RdsSpec extends AwsAccess, Clustered, Filtered, Concurrent {}

const NO_KEY = secretWithoutFile(
  "leave the keys out and name a profile of the credentials file on the server, or a roleArn",
);
const options = { instead: { accessKey: NO_KEY, secretKey: NO_KEY } };

const access = {
  region: text.optional(),
  endpoint: text.optional(),
  profile: text.optional(),
  roleArn: text.optional(),
  externalId: text.optional(),
  refreshInterval: duration.optional(),
  port: port.optional(),
};
const filtered = { filters: filters.optional() };
const clustered = { clusters: list(text).optional() };
const concurrent = { requestConcurrency: whole(1).optional() };
const role = oneOf("ec2", "ecs", "elasticache", "lightsail", "msk", "rds");

export const awsSchema = httpObjectOf<AwsSpec>({ role, ...access, ...filtered, ...clustered }, options);
export const ec2Schema = httpObjectOf<Ec2Spec>({ ...access, ...filtered }, options);
export const ecsSchema = httpObjectOf<EcsSpec>({ ...access, ...clustered, ...concurrent }, options);
export const elasticacheSchema = httpObjectOf<ElasticacheSpec>({ ...access, ...clustered, ...concurrent }, options);
export const lightsailSchema = httpObjectOf<LightsailSpec>(access, options);
export const mskSchema = httpObjectOf<MskSpec>({ ...access, ...clustered, ...concurrent }, options);
export const rdsSchema = httpObjectOf<RdsSpec>({ ...access, ...clustered, ...filtered, ...concurrent }, options);
