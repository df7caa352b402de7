/** Remembers results by the identity of frozen data: what has not been replaced has not changed. */

/** A function of one object, computed once for each. */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

/** Remembers what was made for a key, as long as its parts are the very same. */
export function remembered<K extends object, V>(): (key: K, parts: readonly unknown[], make: () => V) => V {
  const known = new WeakMap<K, { readonly parts: readonly unknown[]; readonly value: V }>();
  return (key, parts, make) => {
    const before = known.get(key);
    if (before !== undefined && sameList(before.parts, parts)) return before.value;
    const value = make();
    known.set(key, { parts, value });
    return value;
  };
}

/** Whether two lists hold the very same things. */
export function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
