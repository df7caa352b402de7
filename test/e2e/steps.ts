/** What the run tells: a line for each step, and at the end how many passed. */

/** The steps of a run. A step that fails ends its chapter; chapters go on without each other. */
export class Steps {
  readonly #began = Date.now();
  #passed = 0;
  #failed = 0;
  readonly #life: AbortSignal;

  /** No step begins after `life` has ended. */
  constructor(life: AbortSignal) {
    this.#life = life;
  }

  /** Does a step and tells how it went. Throws where it failed: what follows could not work. */
  async step<T>(name: string, run: () => T | Promise<T>): Promise<T> {
    if (this.#life.aborted) throw new FailedStep(name);
    try {
      const result = await run();
      this.#passed++;
      this.#tell(`✓ ${name}`);
      return result;
    } catch (error) {
      this.#failed++;
      this.#tell(`✗ ${name}`);
      console.log(indent(error instanceof Error ? error.message : String(error)));
      throw new FailedStep(name);
    }
  }

  /** A step that this machine cannot do, and why. */
  skip(name: string, why: string): void {
    this.#tell(`- ${name}: ${why}`);
  }

  /** What there is to say besides. */
  note(text: string): void {
    this.#tell(`  ${text}`);
  }

  /** Steps that belong together, one after the other. */
  async chapter(steps: () => Promise<void>): Promise<void> {
    try {
      await steps();
    } catch (error) {
      // Told already.
      if (!(error instanceof FailedStep)) throw error;
    }
  }

  /** The last line. Returns whether all is well. */
  summary(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }

  #tell(line: string): void {
    console.log(`${((Date.now() - this.#began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  }
}

/** A step failed, and was told; or it did not begin, since the run is over. */
export class FailedStep extends Error {}

function indent(text: string): string {
  return text.replace(/^/gm, "           ");
}
