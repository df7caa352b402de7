/**
 * Leads from a definition to the very property in the file where its author wrote it.
 *
 * A definition carries only the stack of its factory's call. Reading that costs something, and so does parsing
 * TypeScript: both happen when there is something to report, and not before.
 */
import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic, Place, Related } from "../diagnostic/diagnostic.ts";
import { framesOf } from "./frames.ts";
import type { Locator } from "./locate.ts";
import { offsetOf, wordEnd } from "./offset.ts";
import type { Origin } from "./origin.ts";
import { isTransformed, originalPosition, type Position } from "./transformed.ts";

/** Leads from the call of a factory to one of its arguments, or to something inside of it. */
export type ArgumentPath = readonly PropertyKey[];

/** A place that is worked out only when it is needed. */
export interface SourcePoint {
  readonly origin: Origin;
  /** The argument's number, then property keys and indexes: `[1, "labels", "sku"]`. Empty for the call itself. */
  readonly path: ArgumentPath;
  /** Points at the name of the last property rather than at its value. */
  readonly key?: boolean | undefined;
  /** A stretch of the text that the string or template at `path` makes. */
  readonly span?: TextSpan | undefined;
}

/** A stretch of a text that a literal makes: UTF-16 offsets, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  /** The lengths of what a template's `${…}` were replaced by, in order. */
  readonly holes?: readonly number[] | undefined;
  /** Whether the text is made of the template's raw strings (`String.raw`), in which `\n` stays two characters. */
  readonly raw?: boolean | undefined;
}

/** A diagnostic whose places are yet to be worked out. */
export interface SourcedDiagnostic extends Omit<Diagnostic, "related"> {
  readonly at?: SourcePoint | undefined;
  readonly related?: readonly (Related | SourcedRelated)[] | undefined;
}

export interface SourcedRelated {
  readonly message: string;
  readonly at: SourcePoint;
}

/** The place of a factory's call, or of what stands at `path` in its arguments; `undefined` where no one knows. */
export async function placeOf(origin: Origin, path: ArgumentPath = []): Promise<Place | undefined> {
  return createPlaceFinder()({ origin, path });
}

/** Works out the places of many diagnostics, parsing each file once. */
export async function resolvePlaces(diagnostics: readonly SourcedDiagnostic[]): Promise<readonly Diagnostic[]> {
  const find = createPlaceFinder();
  return Promise.all(
    diagnostics.map(async ({ at, related, place, ...diagnostic }) => ({
      ...diagnostic,
      place: place ?? (at && (await find(at))),
      related: related && (await resolveRelated(related, find)),
    })),
  );
}

type PlaceFinder = (point: SourcePoint) => Promise<Place | undefined>;

function createPlaceFinder(): PlaceFinder {
  let locator: Promise<Locator> | undefined;
  return async ({ origin, path, key, span }) => {
    const position = await positionOf(origin);
    if (position === undefined) return undefined;
    const { file, source, offset } = position;
    if (path.length === 0 && span === undefined) return { file, source, start: offset, end: wordEnd(source, offset) };
    locator ??= import("./locate.ts").then(({ createLocator }) => createLocator());
    return { file, source, ...(await locator)(position, path, { key: key === true, text: span }) };
  };
}

async function resolveRelated(related: readonly (Related | SourcedRelated)[], find: PlaceFinder): Promise<Related[]> {
  const found = await Promise.all(
    related.map(async (entry) => {
      const place = "at" in entry ? await find(entry.at) : entry.place;
      return place && { message: entry.message, place };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

/** The innermost call inside the project on the way to a factory. */
async function positionOf({ stack }: Origin): Promise<Position | undefined> {
  if (stack === undefined) return undefined;
  const [transformed] = framesOf(stack, isTransformed);
  if (transformed !== undefined) return originalPosition(transformed.path, transformed.line, transformed.column);
  // Where another tool ran the file, such as a test runner, it has led the positions back already.
  const [frame] = framesOf(stack, isForeign);
  return frame && positionOnDisk(frame.path, frame.line, frame.column);
}

const OWN_FOLDER = fileURLToPath(new URL("..", import.meta.url));

function isForeign(path: string): boolean {
  return /\.[mc]?[tj]sx?$/.test(path) && !path.startsWith(OWN_FOLDER) && !path.split(/[\\/]/).includes("node_modules");
}

function positionOnDisk(path: string, line: number, column: number): Position | undefined {
  try {
    const source = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const file = relative(process.cwd(), path).split(sep).join("/");
    return { file, source, offset: offsetOf(source, line, column - 1) };
  } catch {
    return undefined;
  }
}
