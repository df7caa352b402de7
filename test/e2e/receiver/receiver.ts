/** Everybody who is told: stands in for Slack, PagerDuty, WeChat, a webhook and a mail server, and remembers it all. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { HOST, PORTS } from "../addresses.ts";
import { readMail } from "./mail.ts";
import { createMailServer, type Letter } from "./mail-server.ts";
import { type Notification, statusOf } from "./notification.ts";
import { WAYS } from "./ways.ts";

export class Receiver {
  readonly #notifications: Notification[] = [];
  readonly #troubles: string[] = [];
  readonly #http = createServer((request, response) => {
    this.#answer(request, response).catch((error) => {
      this.#troubles.push(`${request.method} ${request.url}: ${error}`);
      response.writeHead(500).end();
    });
  });
  readonly #mail = createMailServer((letter) => this.#take(letter));

  /** All that arrived so far, in the order in which it did. */
  get notifications(): readonly Notification[] {
    return this.#notifications;
  }

  /** What arrived and was nothing that could be understood. */
  get troubles(): readonly string[] {
    return this.#troubles;
  }

  async listen(): Promise<void> {
    this.#http.listen(PORTS["receiver of notifications"], HOST);
    this.#mail.listen(PORTS["mail server"], HOST);
    await Promise.all([once(this.#http, "listening"), once(this.#mail, "listening")]);
  }

  close(): void {
    this.#http.close();
    this.#http.closeAllConnections();
    this.#mail.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const url = new URL(request.url ?? "/", `http://${HOST}`);
    const way = WAYS[url.pathname];
    if (way === undefined) throw new Error("nobody is here");
    const sent = await text(request);
    const { status, body, notification } = way({ url, body: sent === "" ? undefined : JSON.parse(sent) });
    if (notification !== undefined) this.#notifications.push({ at, ...notification });
    if (typeof body === "string") response.writeHead(status, { "content-type": "text/plain" }).end(body);
    else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  #take({ to, content }: Letter): void {
    const { subject, text, html } = readMail(content);
    this.#notifications.push({
      at: Date.now(),
      receiver: `email ${to.join(", ")}`,
      status: statusOf(subject),
      texts: { title: subject, text, html },
      alerts: [],
    });
  }
}
