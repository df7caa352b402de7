/** What holds for every test file: property tests draw the same cases in every run. */
import fc from "fast-check";
import { vi } from "vitest";
import { PROPERTY_SEED, runs } from "./helpers/property-runs.ts";

fc.configureGlobal({ seed: PROPERTY_SEED, numRuns: runs(100) });

// More runs take longer: the bound on a test is one for the usual number of them.
if (runs(1) > 1) vi.setConfig({ testTimeout: 60_000 * runs(1) });
