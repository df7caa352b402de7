import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (file: string) => fileURLToPath(new URL(`src/${file}`, import.meta.url));

// Tests and monitors import "tocsin" as a user would, and get the sources.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^tocsin$/, replacement: source("index.ts") },
      { find: /^tocsin\/promql$/, replacement: source("promql.ts") },
      { find: /^tocsin\/testing$/, replacement: source("testing.ts") },
    ],
  },
  // Bounds, not expectations: tests that start processes share their machine with others.
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: [fileURLToPath(new URL("test/setup.ts", import.meta.url))],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
