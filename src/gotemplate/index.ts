export function readsOf(_t: string): { labels: readonly string[] } {
  return { labels: [] };
}
