/** Sees that the machine's addresses changed, by looking at its interfaces now and then. */
import { networkInterfaces } from 'node:os';

const tickMs = 3000;

/** @returns how to stop watching */
export function watchNetwork(onChange: () => void, read = readAddresses): () => void {
  let last = read();
  const timer = setInterval(() => {
    const now = read();
    if (now === last) return;
    last = now;
    onChange();
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether there is any address but those of this machine to itself. */
export const isOnline = (): boolean => readAddresses() !== '';

export const hasAddress = (address: string): boolean =>
  allAddresses().some((own) => own.address === address);

const allAddresses = () => Object.values(networkInterfaces()).flatMap((list) => list ?? []);

function readAddresses(): string {
  return allAddresses()
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join(' ');
}
