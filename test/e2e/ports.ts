/** Tells beforehand that a port is taken, rather than let a server fail in words of its own. */
import { createServer } from "node:net";
import { HOST, PORTS } from "./addresses.ts";

/** Throws where anything listens already on a port that the run needs. */
export async function checkPorts(): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(PORTS)) {
    if (!(await isFree(port))) taken.push(`${port} (${name})`);
  }
  if (taken.length > 0) {
    throw new Error(`These ports of ${HOST} are taken: ${taken.join(", ")}. Is another run under way?`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
