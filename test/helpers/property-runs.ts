/**
 * How property tests draw their cases. Runs of `npm test` all draw the same ones, so that none is red by chance; to
 * search for new ones, ask for other seeds and more runs:
 *
 *     TOCSIN_PROPERTY_SEED=random TOCSIN_PROPERTY_RUNS=20 npx vitest run test/engine/properties.test.ts
 *
 * - `TOCSIN_PROPERTY_SEED`: a whole number, or `random`. The report of a failure names the seed.
 * - `TOCSIN_PROPERTY_RUNS`: by how much to multiply the runs of every property.
 */
const { TOCSIN_PROPERTY_SEED = "3140", TOCSIN_PROPERTY_RUNS = "1" } = process.env;

/** The seed of every property. */
export const PROPERTY_SEED: number =
  TOCSIN_PROPERTY_SEED === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(TOCSIN_PROPERTY_SEED);

const FACTOR = Number(TOCSIN_PROPERTY_RUNS);

if (!Number.isInteger(PROPERTY_SEED))
  throw new Error(`TOCSIN_PROPERTY_SEED=${TOCSIN_PROPERTY_SEED} is no whole number`);
if (!(FACTOR > 0)) throw new Error(`TOCSIN_PROPERTY_RUNS=${TOCSIN_PROPERTY_RUNS} is no factor`);

/** The number of runs of a property that makes `count` of them in `npm test`. */
export function runs(count: number): number {
  return Math.ceil(count * FACTOR);
}
