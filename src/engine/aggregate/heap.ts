/** A binary heap, which moves elements exactly as Go's does, so that equal ones are kept or dropped alike. */

/** A heap with the least element on top. https://pkg.go.dev/container/heap */
export class Heap<T> {
  readonly items: T[] = [];
  readonly #less: (a: T, b: T) => boolean;

  constructor(less: (a: T, b: T) => boolean) {
    this.#less = less;
  }

  get size(): number {
    return this.items.length;
  }

  get top(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    this.items.push(item);
    let at = this.items.length - 1;
    for (;;) {
      const parent = (at - 1) >> 1;
      if (at === 0 || !this.#isLess(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  replaceTop(item: T): void {
    this.items[0] = item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.items.length) return;
      if (child + 1 < this.items.length && this.#isLess(child + 1, child)) child++;
      if (!this.#isLess(child, at)) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #isLess(i: number, j: number): boolean {
    return this.#less(this.items[i] as T, this.items[j] as T);
  }

  #swap(i: number, j: number): void {
    const item = this.items[i] as T;
    this.items[i] = this.items[j] as T;
    this.items[j] = item;
  }
}
