/** What went wrong while a well-typed expression was evaluated, in Prometheus's words. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}
