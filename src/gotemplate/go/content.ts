/**
 * Text that its author vouches for, which escaping leaves alone where it belongs.
 * https://pkg.go.dev/html/template#hdr-Typed_Strings
 */
import { declared, STRING } from "./type.ts";

/** A piece of a page. */
export const HTML = declared("template.HTML", STRING);
/** A URL, or a part of one. */
export const URL = declared("template.URL", STRING);
