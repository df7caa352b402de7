/**
 * Measures: `npm run bench [NAME…]`. Ratios are taken against peers in the same run, since machines and their moods differ.
 * Each part prints what it did, so that its figures can be quoted with the command that gave them.
 */
import { benchBuild } from "./build.ts";

type Bench = (report: (line: string) => void) => Promise<void>;

const BENCHES: Readonly<Record<string, Bench>> = { build: benchBuild };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`there is no bench ${unknown.join(", ")}; there are: ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n# ${name}`);
  await bench((line) => console.log(line));
}
