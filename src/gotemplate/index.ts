export function checkAlertText(_t: string): string | undefined {
  return undefined;
}
export function readsOf(_t: string): { labels: readonly string[] } {
  return { labels: [] };
}
