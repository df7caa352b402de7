/** A mail server that takes whatever comes and sends nothing on. https://www.rfc-editor.org/rfc/rfc5321 */
import { createServer, type Server, type Socket } from "node:net";

/** Letters as they were handed over. */
export interface Letter {
  readonly to: readonly string[];
  /** With headers, in the bytes of the wire, one character each. */
  readonly content: string;
}

/** Makes a server that hands over each letter once it has it. */
export function createMailServer(take: (letter: Letter) => void): Server {
  return createServer((socket) => talk(socket, take));
}

function talk(socket: Socket, take: (letter: Letter) => void): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let to: string[] = [];
  let letter: string[] | undefined;
  let rest = "";

  socket.setEncoding("latin1");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (letter === undefined) command(line);
      else if (line !== ".") letter.push(line.startsWith(".") ? line.slice(1) : line);
      else {
        take({ to, content: letter.join("\r\n") });
        to = [];
        letter = undefined;
        say("250 Taken");
      }
    }
  });
  say("220 loopback");

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "RCPT") to.push(/<(.*)>/.exec(line)?.[1] ?? line);
    if (verb === "DATA") letter = [];
    say(REPLIES[verb] ?? "502 Unknown");
    if (verb === "QUIT") socket.end();
  }
}

const REPLIES: Readonly<Record<string, string>> = {
  EHLO: "250 loopback",
  HELO: "250 loopback",
  MAIL: "250 OK",
  RCPT: "250 OK",
  DATA: "354 Go on",
  RSET: "250 OK",
  NOOP: "250 OK",
  QUIT: "221 Bye",
};
