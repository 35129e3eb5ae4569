/** A TCP proxy that stands for a bad network: it can cut, freeze, delay and be away. */
import { connect, createServer, type Socket } from 'node:net';
import { addressPort, closeServer, listen } from './listening.ts';

export interface FaultProxy {
  readonly port: number;
  /** Connections at this moment. */
  connections(): number;
  /** Connections since the start. */
  accepted(): number;
  /** Resets every connection; new ones are taken. */
  cut(): void;
  /** Nothing passes, nothing is closed: a cable pulled, a laptop asleep. New connections hang too. */
  freeze(): void;
  /** Freezes once so many more bytes have passed, both ways together. */
  freezeAfter(bytes: number): void;
  thaw(): void;
  /** Every byte arrives that much later, each way. */
  delay(delayMs: number): void;
  /** Cuts, and refuses new connections. */
  goAway(): Promise<void>;
  /** Takes connections again, on the same port. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;
  let delayMs = 0;
  let passing = Number.POSITIVE_INFINITY;
  let accepted = 0;

  const server = createServer((inner) => {
    accepted += 1;
    const outer = connect(targetPort, '127.0.0.1');
    const pair = [inner, outer] as const;
    pairs.add(pair);
    forward(inner, outer);
    forward(outer, inner);
    if (frozen) for (const socket of pair) socket.pause();
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        if (!frozen) for (const other of pair) other.destroy();
      });
    }
  });

  function forward(from: Socket, to: Socket): void {
    from.on('data', (bytes) => {
      passing -= bytes.length;
      if (passing <= 0) freeze();
      if (delayMs > 0) {
        setTimeout(() => to.writable && to.write(bytes), delayMs);
        return;
      }
      if (to.writable && !to.write(bytes)) {
        from.pause();
        to.once('drain', () => frozen || from.resume());
      }
    });
    from.on('end', () => setTimeout(() => to.end(), delayMs));
  }

  function freeze(): void {
    frozen = true;
    for (const pair of pairs) for (const socket of pair) socket.pause();
  }

  const cut = () => {
    for (const pair of [...pairs]) for (const socket of pair) socket.resetAndDestroy();
  };
  const goAway = async () => {
    const closed = closeServer(server);
    cut();
    await closed;
  };

  await listen(server);
  const port = addressPort(server);
  return {
    port,
    connections: () => pairs.size,
    accepted: () => accepted,
    cut,
    freeze,
    freezeAfter(bytes) {
      passing = bytes;
    },
    thaw() {
      frozen = false;
      passing = Number.POSITIVE_INFINITY;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    delay(nextMs) {
      delayMs = nextMs;
    },
    goAway,
    comeBack: () => listen(server, port),
    stop: goAway,
  };
}
