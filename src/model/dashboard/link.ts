/** Links of dashboards and panels. */
import { z } from "zod";

/** A link of a dashboard or a panel. */
export interface Link {
  readonly title: string;
  /** A web address, or a path within Grafana; Grafana puts the values of variables into it. */
  readonly url: string;
  readonly newTab?: boolean;
}

export const linkSchema = z.strictObject({
  title: z.string().min(1),
  url: z.string().regex(/^(?:https?:\/\/[^\s]+|\/(?!\/)[^\s]*)$/, {
    error: ({ input }) => `${JSON.stringify(input)} is not an address: it must begin with http://, https:// or /`,
  }),
  newTab: z.boolean().optional(),
});
