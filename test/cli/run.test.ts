import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { run } from "../../src/cli/run.ts";
import { temporaryFolder, worldIn } from "./world.ts";

async function tocsin(...args: string[]) {
  const world = worldIn(temporaryFolder());
  const code = await run(args, world);
  return { code, out: world.out(), err: world.err() };
}

describe("the command line", () => {
  it.each([[["--help"]], [["-h"]], [["help"]]])("lists the commands for %j", async (args) => {
    const { code, out, err } = await tocsin(...args);
    expect([code, err]).toEqual([0, ""]);
    for (const name of Object.keys(COMMANDS)) expect(out).toContain(`\n  ${name} `);
  });

  it("lists them as wrong use where nothing is given", async () => {
    const { code, out, err } = await tocsin();
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Usage: tocsin COMMAND");
  });

  it.each(Object.keys(COMMANDS))("explains %s in two ways", async (name) => {
    const [one, other] = [await tocsin(name, "--help"), await tocsin("help", name)];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ code: 0, err: "" });
    expect(one.out).toMatch(new RegExp(`^Usage: tocsin ${name}`));
  });

  it.each([["version"], ["--version"], ["-v"]])("prints the version for %s", async (arg) => {
    expect(await tocsin(arg)).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: "" });
  });

  it.each([
    [["biuld"], 'There is no command "biuld". Did you mean "build"?'],
    [["constructor"], 'There is no command "constructor".'],
    [["--watch", "build"], "A command comes before --watch."],
    [["build", "--wtach"], 'There is no option --wtach. Did you mean "--watch"?'],
    [["build", "--no-watch"], 'There is no option --no-watch. Did you mean "--watch"?'],
    [["build", "-x"], "There is no option -x."],
    [["build", "--__proto__"], "There is no option --__proto__."],
    [["build", "--out"], "The option --out needs a value: --out DIR."],
    [["build", "--out", "--check"], "The option --out needs a value: --out DIR."],
    [["build", "--out="], "The option --out needs a value: --out DIR."],
    [["build", "--check=yes"], "The option --check takes no value."],
    [
      ["build", "--format", "jsn"],
      'The option --format is one of pretty, json, github, sarif, not "jsn". Did you mean "json"?',
    ],
    [["build", "monitors"], 'Nothing is known to be done with "monitors".'],
    [["init"], "DIR is missing."],
    [["init", "a", "b"], 'Nothing is known to be done with "b".'],
    [["help", "buidl"], 'There is no command "buidl". Did you mean "build"?'],
  ])("takes %j for wrong use", async (args, message) => {
    const { code, out, err } = await tocsin(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.split("\n")[0]).toBe(`error: ${message}`);
  });

  it("says that a failure of its own is none of the user's", async () => {
    const world = worldIn(temporaryFolder());
    const broken = {
      ...world,
      stdout: {
        write() {
          throw new Error("no paper");
        },
      },
    };
    expect(await run(["version"], broken)).toBe(1);
    expect(world.err()).toMatch(
      /^error: tocsin itself failed, which is not your mistake\..*\nError: no paper\n {4}at /,
    );
  });
});
