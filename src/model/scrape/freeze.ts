/** Deeply frozen copies of what users hand in, so that a definition never changes after it was made. */

/** A frozen copy of plain data; regular expressions stay what they are. */
export function freezeDeep<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(freezeDeep)) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, freezeDeep(item)]))) as T;
}
