/**
 * Measures: `npm run bench [NAME…]`. Ratios are taken against peers in the same run, since machines and their moods differ.
 * Each part prints what it did, so that its figures can be quoted with the command that gave them.
 */
type Bench = (report: (line: string) => void) => Promise<void>;

// Each is loaded when its turn comes: what one has in memory is not to weigh on the next.
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  build: async () => (await import("./build.ts")).benchBuild,
  promql: async () => (await import("./promql.ts")).benchPromql,
  engine: async () => (await import("./engine.ts")).benchEngine,
  tests: async () => (await import("./rule-tests.ts")).benchRuleTests,
  routes: async () => (await import("./routes.ts")).benchRoutes,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`there is no bench ${unknown.join(", ")}; there are: ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n# ${name}`);
  const bench = await load();
  await bench((line) => console.log(line));
}
