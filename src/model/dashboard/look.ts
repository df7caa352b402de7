/** How a panel and its series look: what Grafana's editor offers beside the queries. */
import { z } from "zod";
import type { Quantity } from "../../quantity/quantity.ts";
import { positiveDuration, quantity } from "../schema.ts";
import { type Link, linkSchema } from "./link.ts";

export const PANEL_COLORS = ["green", "yellow", "orange", "red", "blue"] as const;

/** A colour that suits light and dark, or one of your own: `"#7eb26d"`. */
export type PanelColor = (typeof PANEL_COLORS)[number] | `#${string}`;

/** From which value on a panel has a colour. */
export interface PanelThreshold {
  /** Absent for everything below the first. */
  readonly from?: Quantity;
  readonly color: PanelColor;
}

/** Words for values: `{ "0": "down", "1": { text: "up", color: "green" } }`. */
export type Words = Readonly<Record<string, string | { readonly text: string; readonly color?: PanelColor }>>;

export const CALCULATIONS = ["last", "mean", "max", "min", "sum"] as const;

/** What becomes one number of many values. */
export type Calculation = (typeof CALCULATIONS)[number];

/** How values are shown: those of a whole panel, or of some of its series. */
export interface ValueLook {
  /** A unit as Grafana names it, `"s"`, `"bytes"`, `"percentunit"`. Default: what the metric's own unit makes of it. */
  readonly unit?: string;
  readonly decimals?: number;
  /** The least and the greatest value that its axis shows. */
  readonly min?: number;
  readonly max?: number;
  readonly color?: PanelColor;
  /** Words for values. */
  readonly words?: Words;
  /** Default of a panel: those of the alerts on the same expression. `[]` draws none. */
  readonly thresholds?: readonly PanelThreshold[];
  /** How strongly the area below a line is filled, of 100. */
  readonly fill?: number;
}

/** What differs for some series of a panel, or for a column of a table. */
export interface SeriesLook extends ValueLook {
  /** What it is called instead. */
  readonly name?: string;
  /** On which side its axis is. */
  readonly axis?: "left" | "right";
  readonly dashed?: boolean;
  /** Whether it is drawn below zero, as what goes out beside what comes in. */
  readonly negative?: boolean;
  /** Whether it is not stacked, where the others are. */
  readonly apart?: boolean;
  readonly hidden?: boolean;
  /** How wide a column of a table is, in pixels. */
  readonly width?: number;
  /** What a cell of a table shows beside its value. */
  readonly cell?: "text color" | "background color" | "bar";
  /** Where a value leads; Grafana puts `${__value.text}` and the like into it. */
  readonly links?: readonly Link[];
}

/** What a table shows of its columns: those of labels are called as the labels are, those of values by their queries. */
export interface Columns {
  readonly hide?: readonly string[];
  /** Other titles for columns. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Which come first. */
  readonly order?: readonly string[];
  /** By which it is sorted, by its title; from the greatest, unless `descending` is `false`. */
  readonly sortBy?: string;
  readonly descending?: boolean;
}

/** How a panel looks; what is left out is as Grafana has it. */
export interface PanelLook extends ValueLook {
  /** Whether series are drawn on top of one another, or as shares of a whole. */
  readonly stack?: boolean | "percent";
  /** Default: lines. */
  readonly draw?: "lines" | "bars" | "points";
  readonly axis?: { readonly label?: string; readonly scale?: "linear" | "log2" | "log10" };
  /** Where series are named, and which of their numbers stand beside the names. */
  readonly legendAt?: "bottom" | "right" | "nowhere";
  readonly legendShows?: readonly Calculation[];
  /** Which value a number, a gauge or a bar shows. Default: the last. */
  readonly shows?: Calculation;
  /** Whether a number has its course over time behind it. */
  readonly sparkline?: boolean;
  /** What of a number has the colour. Default: its text. */
  readonly colored?: "text" | "background" | "nothing";
  /** What is shown where there is no value. */
  readonly noValue?: string;
  readonly transparent?: boolean;
  /** The time that it shows, whatever the dashboard does: `"24h"`. */
  readonly over?: string;
  /** The least distance of two of its points. */
  readonly minInterval?: string;
  /** Draws the panel once for each value of this variable. */
  readonly repeat?: string;
  /** In columns of 24, and in lines of 30 pixels. Default: what its kind needs, and its share of what is left over. */
  readonly size?: { readonly width?: number; readonly height?: number };
  /** What differs for some series: by name, or by a regular expression between slashes. */
  readonly series?: Readonly<Record<string, SeriesLook>>;
  readonly columns?: Columns;
}

const text = z.string().min(1);
const color = z.union([
  z.enum(PANEL_COLORS),
  z.string().regex(/^#[0-9a-fA-F]{6}$/, {
    error: ({ input }) => `${JSON.stringify(input)} is no colour: use ${PANEL_COLORS.join(", ")} or "#rrggbb"`,
  }),
]);

const valueLook = {
  unit: text.optional(),
  decimals: z.int().min(0).max(20).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  color: color.optional(),
  words: z.record(z.string(), z.union([text, z.strictObject({ text, color: color.optional() })])).optional(),
  thresholds: z.array(z.strictObject({ from: quantity.optional(), color })).optional(),
  fill: z.number().min(0).max(100).optional(),
};

const seriesLook = z.strictObject({
  ...valueLook,
  name: text.optional(),
  axis: z.enum(["left", "right"]).optional(),
  dashed: z.boolean().optional(),
  negative: z.boolean().optional(),
  apart: z.boolean().optional(),
  hidden: z.boolean().optional(),
  width: z.int().min(1).optional(),
  cell: z.enum(["text color", "background color", "bar"]).optional(),
  links: z.array(linkSchema).optional(),
});

/** The fields of a panel's schema that say how it looks. */
export const panelLook = {
  ...valueLook,
  stack: z.union([z.boolean(), z.literal("percent")]).optional(),
  draw: z.enum(["lines", "bars", "points"]).optional(),
  axis: z.strictObject({ label: text.optional(), scale: z.enum(["linear", "log2", "log10"]).optional() }).optional(),
  legendAt: z.enum(["bottom", "right", "nowhere"]).optional(),
  legendShows: z.array(z.enum(CALCULATIONS)).optional(),
  shows: z.enum(CALCULATIONS).optional(),
  sparkline: z.boolean().optional(),
  colored: z.enum(["text", "background", "nothing"]).optional(),
  noValue: text.optional(),
  transparent: z.boolean().optional(),
  over: positiveDuration.optional(),
  minInterval: positiveDuration.optional(),
  repeat: text.optional(),
  size: z
    .strictObject({ width: z.int().min(1).max(24).optional(), height: z.int().min(2).max(40).optional() })
    .optional(),
  series: z.record(text, seriesLook).optional(),
  columns: z
    .strictObject({
      hide: z.array(text).optional(),
      rename: z.record(text, text).optional(),
      order: z.array(text).optional(),
      sortBy: text.optional(),
      descending: z.boolean().optional(),
    })
    .optional(),
};
