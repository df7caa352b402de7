/** Why a rule could not be evaluated, in Prometheus's words. */
export class RuleError extends Error {
  override readonly name = "RuleError";
}
