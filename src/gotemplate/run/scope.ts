/** Which slot of the frame a variable lives in, told while a template is compiled. */
export class Scope {
  readonly #names: { readonly name: string; readonly slot: number }[] = [];
  #slots = 0;

  constructor(names: readonly string[]) {
    for (const name of names) this.declare(name);
  }

  /** Every declaration has a slot of its own, so that what shadows a variable leaves it untouched. */
  declare(name: string): number {
    const slot = this.#slots++;
    this.#names.push({ name, slot });
    return slot;
  }

  /** The slot of the innermost variable of that name. */
  slot(name: string): number | undefined {
    return this.#names.findLast((known) => known.name === name)?.slot;
  }

  /** What is declared now; {@link leave} forgets what came after. */
  enter(): number {
    return this.#names.length;
  }

  leave(mark: number): void {
    this.#names.length = mark;
  }
}
