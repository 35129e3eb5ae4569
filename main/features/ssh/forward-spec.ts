/** What `-L`, `-R` and `-D` of a pasted command ask for, as ssh(1) describes them; read as data, opened by nobody. */
import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import type { PastedTunnel } from '../../../preload/contract/ssh.ts';
import { hostSchema } from '../../clouds/ssh-address.ts';

export type ForwardOption = 'L' | 'R' | 'D';

/** Of options with a name (`-o LocalForward=…`), which separate the two ends by a space. */
export const forwardOptions: Readonly<Record<string, ForwardOption>> = {
  localforward: 'L',
  remoteforward: 'R',
  dynamicforward: 'D',
};

const mostTunnels = 32;

/** Once, however often it is asked for. @returns false for what `parseForward` cannot read, and for too many */
export function addForward(tunnels: PastedTunnel[], option: ForwardOption, text: string): boolean {
  const tunnel = parseForward(option, text);
  if (!tunnel || tunnels.length >= mostTunnels) return false;
  if (!tunnels.some((other) => isDeepStrictEqual(other, tunnel))) tunnels.push(tunnel);
  return true;
}

/** @returns undefined for what no tunnel of ours can do: sockets of the file system, a port of the server's choice */
export function parseForward(option: ForwardOption, text: string): PastedTunnel | undefined {
  const words = split(text.trim().replace(/\s+/, ':'));
  if (!words) return undefined;
  const ends = option === 'D' ? [] : words.splice(-2);
  const listens = readPort(words.pop());
  const bindAddress = words.length > 1 ? undefined : bindAddressOf(words[0]);
  if (listens === undefined || bindAddress === undefined) return undefined;
  if (option === 'D') {
    const nowhere = { localHost: '', remoteHost: '', remotePort: 0 };
    return { kind: 'dynamic', bindAddress, localPort: listens, ...nowhere };
  }
  const [host = '', port] = [ends[0], readPort(ends[1])];
  if (port === undefined || !hostSchema.safeParse(host).success) return undefined;
  return option === 'L'
    ? {
        kind: 'local',
        bindAddress,
        localPort: listens,
        localHost: '',
        remoteHost: host,
        remotePort: port,
      }
    : {
        kind: 'remote',
        bindAddress,
        localPort: port,
        localHost: host,
        remoteHost: '',
        remotePort: listens,
      };
}

/** At colons, but for those of an IPv6 address in brackets. */
function split(text: string): string[] | undefined {
  const words = text.match(/(?:\[[^\]]*\]|[^:[\]])+|(?<=:|^)(?=:)/g) ?? [];
  if (words.join(':') !== text) return undefined;
  return words.map((word) => word.replace(/^\[(.*)\]$/, '$1'));
}

function readPort(text: string | undefined): number | undefined {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** As ssh(1): nothing said is loopback, nothing before the colon is everywhere. */
function bindAddressOf(text: string | undefined): string | undefined {
  if (text === undefined || text === 'localhost') return 'loopback';
  if (text === '' || text === '*') return '*';
  return isIP(text) !== 0 || hostSchema.safeParse(text).success ? text : undefined;
}
