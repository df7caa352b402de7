/** Events in the order of their time; at the same instant by rank, then in the order that they ask for or were added in. */

interface Event<T> {
  readonly at: number;
  readonly rank: number;
  readonly order: number;
  readonly what: T;
}

/** A binary heap. */
export class EventQueue<T> {
  readonly #heap: Event<T>[] = [];
  #added = 0;

  /** The time of the first event, infinity if there is none. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, rank: number, what: T, order: number = this.#added++): void {
    const heap = this.#heap;
    const event = { at, rank, order, what };
    let i = heap.length;
    heap.push(event);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Event<T>;
      if (!before(event, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = event;
  }

  /** Removes the first event and gives it. */
  take(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (heap.length === 0) return first.what;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Event<T>)) child++;
      const below = heap[child] as Event<T>;
      if (!before(below, last)) break;
      heap[i] = below;
      i = child;
    }
    heap[i] = last;
    return first.what;
  }
}

function before<T>(a: Event<T>, b: Event<T>): boolean {
  return a.at !== b.at ? a.at < b.at : a.rank !== b.rank ? a.rank < b.rank : a.order < b.order;
}
