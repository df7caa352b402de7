/** Why a text is no matcher. */
export interface MatcherMistake {
  readonly mistake: string;
  /** Where in the text, in UTF-16 units. */
  readonly offset: number;
}

export function isMatcherMistake(result: object): result is MatcherMistake {
  return "mistake" in result;
}
