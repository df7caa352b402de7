/** Remembers results by the identity of frozen data: what has not been replaced has not changed. */

/** A function of one object, computed once for each. */
export function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/**
 * A function of one object and a list of others, computed anew only when one of the others is another one. Only the last
 * list of each object is remembered.
 */
export function memoizedWith<K extends object, V, P extends readonly unknown[]>(
  compute: (key: K, parts: P) => V,
): (key: K, parts: P) => V {
  const known = new WeakMap<K, { readonly parts: P; readonly value: V }>();
  return (key, parts) => {
    const before = known.get(key);
    if (before !== undefined && sameList(before.parts, parts)) return before.value;
    const value = compute(key, parts);
    known.set(key, { parts, value });
    return value;
  };
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
