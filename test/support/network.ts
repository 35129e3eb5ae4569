/** A network of two machines, this one and another, on this machine alone: a cable whose addresses and routes can be changed. */
import { execFileSync } from 'node:child_process';
import { isRoot } from './account.ts';

export interface Network {
  /** The words before a command that run it on the other machine. */
  readonly enter: readonly string[];
  /** The other machine's address. */
  readonly farAddress: string;
  /** This machine's address there becomes another, as when a laptop joins another network. */
  changeOurAddress(): void;
  /** What the other machine sends to us is lost from now on, without a word. */
  dropPackets(): void;
  passPackets(): void;
  remove(): void;
}

/** Whether this machine lets us make networks: it needs root and the kernel's namespaces. */
export function canMakeNetworks(): boolean {
  if (!isRoot) return false;
  try {
    ip(['netns', 'add', `${prefix}-try`]);
    ip(['netns', 'del', `${prefix}-try`]);
    return true;
  } catch {
    return false;
  }
}

const prefix = `pilot-${process.pid}`;

export function makeNetwork(): Network {
  const subnet = `10.213.${process.pid % 250}`;
  const [ours, theirs] = [`ph${process.pid % 100_000}a`, `ph${process.pid % 100_000}b`];
  const enter = ['ip', 'netns', 'exec', prefix];
  const far = (...args: readonly string[]) => ip(['-n', prefix, ...args]);
  let host = 10;
  ip(['netns', 'add', prefix]);
  ip(['link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', prefix]);
  ip(['addr', 'add', `${subnet}.${host}/24`, 'dev', ours]);
  ip(['link', 'set', ours, 'up']);
  far('addr', 'add', `${subnet}.2/24`, 'dev', theirs);
  for (const device of [theirs, 'lo']) far('link', 'set', device, 'up');
  return {
    enter,
    farAddress: `${subnet}.2`,
    changeOurAddress() {
      const old = `${subnet}.${host}/24`;
      host += 1;
      ip(['addr', 'add', `${subnet}.${host}/24`, 'dev', ours]);
      ip(['addr', 'del', old, 'dev', ours]);
      // The kernel takes the others of a network away with its first address.
      ip(['addr', 'replace', `${subnet}.${host}/24`, 'dev', ours]);
    },
    dropPackets: () => far('route', 'add', 'blackhole', `${subnet}.${host}/32`),
    passPackets: () => far('route', 'del', 'blackhole', `${subnet}.${host}/32`),
    remove() {
      ip(['netns', 'del', prefix]);
    },
  };
}

function ip(args: readonly string[]): void {
  execFileSync('ip', [...args], { stdio: 'pipe' });
}
