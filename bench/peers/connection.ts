import { once } from "node:events";
import { connect } from "node:net";
import { type Answer, readAnswer } from "./read-answer.ts";

/** A kept connection of HTTP/1.1 to a port of this machine, over which one thing is asked at a time. */
export interface Connection {
  /** Sends a request as it is. Rejects where the connection ends before the answer is there. */
  ask(request: string): Promise<Answer>;
  end(): void;
}

/**
 * Opens one. Node's own client is left out because it takes longer to ask than some of the servers take to answer, and
 * both run on the same machine.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  let arrived = "";
  let asked = Promise.withResolvers<Answer>();
  socket.setEncoding("latin1").on("data", (text: string) => {
    arrived += text;
    const answer = readAnswer(arrived);
    if (answer) asked.resolve(answer);
  });
  socket.on("error", (error) => asked.reject(error));
  socket.on("close", () => asked.reject(new Error(`port ${port} has closed the connection: ${arrived}`)));
  return {
    ask(request) {
      arrived = "";
      asked = Promise.withResolvers();
      socket.write(request);
      return asked.promise;
    },
    end: () => void socket.destroy(),
  };
}
