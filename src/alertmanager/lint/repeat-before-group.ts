/** `route/repeat-before-group`: a repeat_interval that is shorter than the group_interval, by which it is slowed down. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { formatDuration } from "../../quantity/duration.ts";
import { walkRoutes } from "../route/route.ts";
import { type Graph, routeName } from "./graph.ts";

export function* repeatBeforeGroup({ reading, root }: Graph): Generator<Diagnostic> {
  for (const route of walkRoutes(root)) {
    const { config, options } = route;
    const own = config.repeat_interval !== undefined || config.group_interval !== undefined;
    if (options.repeatInterval >= options.groupInterval || (route.parent !== undefined && !own)) continue;
    yield {
      code: "route/repeat-before-group",
      severity: "warning",
      message: `${routeName(route)} wants to repeat every ${formatDuration(options.repeatInterval)}, but is only looked at every ${formatDuration(options.groupInterval)}.`,
      help: "Make repeat_interval a multiple of group_interval.",
      place: reading.placeOf(config, config.repeat_interval !== undefined ? "repeat_interval" : "group_interval"),
    };
  }
}
