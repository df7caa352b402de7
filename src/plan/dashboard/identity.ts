/** Names that stay the same from build to build: what is not touched keeps its id, whatever is added beside it. */
import { hash, slug } from "../conventions.ts";

/** Grafana allows 40 characters. */
const LONGEST_UID = 40;

/** The id of a dashboard, by which it is addressed. */
export function dashboardUid(title: string, prefix = ""): string {
  const uid = prefix + slug(title);
  return uid.length <= LONGEST_UID ? uid : `${uid.slice(0, LONGEST_UID - 9)}-${hash(uid)}`;
}

export const serviceUid = (service: string): string => dashboardUid(service, "tocsin-service-");
export const teamUid = (team: string): string => dashboardUid(team, "tocsin-team-");
export const FLEET_UID = "tocsin-fleet";

const HIGHEST_ID = 1_000_000;

/** Gives out the ids of one dashboard's panels: by what they are called and where, and by nothing else. */
export class PanelIds {
  readonly #taken = new Set<number>();

  next(...names: readonly string[]): number {
    let id = (Number.parseInt(hash(names.join("\0")), 16) % HIGHEST_ID) + 1;
    while (this.#taken.has(id)) id = (id % HIGHEST_ID) + 1;
    this.#taken.add(id);
    return id;
  }
}
