/** Where a definition was made, as a file and a line. */
import { lineAndColumn } from "../../diagnostic/diagnostic.ts";
import type { Definition } from "../../model/definition.ts";
import { placeOf } from "../../source/place.ts";

export async function whereabouts({
  origin,
  name,
}: Definition): Promise<{ readonly file: string; readonly line: number }> {
  const place = await placeOf(origin);
  if (place?.file === undefined) return { file: name, line: 0 };
  return { file: place.file, line: lineAndColumn(place.source, place.start).line };
}
