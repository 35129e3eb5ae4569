/** Ports a server opened for us (`tcpip-forward`): each connection to one is led to the tunnel that asked for it. */
import type ssh2 from 'ssh2';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';

/** Exactly one of the two is to be called. */
export interface Arrival {
  accept(): ssh2.ClientChannel;
  reject(): void;
}

export interface ForwardedPorts {
  /**
   * Asks the server to listen at exactly that port.
   * @throws CloudError forbidden `tunnel-remote-refused`, timeout `tunnel-remote-no-answer`, network `ssh-connection-closed`
   */
  open(
    client: ssh2.Client,
    address: string,
    port: number,
    onArrival: (arrival: Arrival) => void,
  ): Promise<void>;
  /** Asks the server to listen there no more. Never throws. */
  close(client: ssh2.Client, address: string, port: number): void;
}

const answerTimeoutMs = 15_000;

export function createForwardedPorts(): ForwardedPorts {
  /** One connection may carry the ports of several tunnels. */
  const routes = new WeakMap<ssh2.Client, Map<string, (arrival: Arrival) => void>>();
  const keyOf = (address: string, port: number) => `${address}:${port}`;

  const routesOf = (client: ssh2.Client) => {
    const present = routes.get(client);
    if (present) return present;
    const made = new Map<string, (arrival: Arrival) => void>();
    routes.set(client, made);
    client.on('tcp connection', ({ destIP, destPort }, accept, reject) => {
      const route = made.get(keyOf(destIP, destPort));
      if (route) route({ accept, reject });
      else reject();
    });
    return made;
  };

  return {
    open(client, address, port, onArrival) {
      const ours = routesOf(client);
      const key = keyOf(address, port);
      return new Promise((resolve, reject) => {
        if (ours.has(key)) {
          reject(refusal('conflict', 'tunnel-remote-taken', { port }));
          return;
        }
        let late = false;
        const giveUp = (failure: CloudError) => {
          clearTimeout(timer);
          if (ours.get(key) === onArrival) ours.delete(key);
          reject(failure);
        };
        const timer = setTimeout(() => {
          late = true;
          giveUp(refusal('timeout', 'tunnel-remote-no-answer', { port }));
        }, answerTimeoutMs);
        // Before the answer: a connection may follow it in the same packet.
        ours.set(key, onArrival);
        try {
          client.forwardIn(address, port, (error) => {
            if (error) giveUp(failureOf(error, port));
            else if (late) ask(() => client.unforwardIn(address, port, () => {}));
            clearTimeout(timer);
            resolve();
          });
        } catch {
          giveUp(refusal('network', 'ssh-connection-closed'));
        }
      });
    },
    close(client, address, port) {
      if (!routes.get(client)?.delete(keyOf(address, port))) return;
      ask(() => client.unforwardIn(address, port, () => {}));
    },
  };
}

/** ssh2 tells a server's no from a connection that ended by the words of its error only. */
const failureOf = (error: Error, port: number): CloudError =>
  error.message.startsWith('Unable to bind')
    ? refusal('forbidden', 'tunnel-remote-refused', { port })
    : refusal('network', 'ssh-connection-closed');

/** A connection that ended took the port with it. */
function ask(request: () => void): void {
  try {
    request();
  } catch {}
}
