/** A file that a build makes. */
export interface OutputFile {
  /** Relative to `out/`, with forward slashes, never absolute and never leaving it. */
  readonly path: string;
  readonly text: string;
}
