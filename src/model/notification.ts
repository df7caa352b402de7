/** How notifications are paced: what is told together, and how soon and often. */
import { z } from "zod";
import type { DurationText } from "../quantity/duration.ts";
import { duration, positiveDuration } from "./schema.ts";

/** How often a severity is told, and what is told together. */
export interface NotificationSpec {
  /** The labels whose values make a group. `["..."]` groups nothing. */
  readonly groupBy?: readonly string[];
  /** How long to wait for other alerts of a new group. */
  readonly groupWait?: DurationText;
  /** How long to wait before telling of changes in a group. */
  readonly groupInterval?: DurationText;
  /** After what time to tell again of what still fires. */
  readonly repeatInterval?: DurationText;
}

export const notificationFields = {
  groupBy: z
    .array(z.string().min(1))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { error: "names a label twice" })
    .refine((names) => names.length === 1 || !names.includes("..."), {
      error: '"..." means all labels: it stands alone',
    })
    .optional(),
  groupWait: duration.optional(),
  groupInterval: positiveDuration.optional(),
  repeatInterval: positiveDuration.optional(),
};

export const notificationSchema = z.strictObject(notificationFields);
