import type { Expr } from "../ast.ts";
export function labelFlow(_e: Expr): {
  sure: readonly string[];
  can(l: string): boolean;
  presence: "always" | "never" | "sometimes";
  unit: string | undefined;
} {
  return { sure: [], can: () => true, presence: "sometimes", unit: undefined };
}
