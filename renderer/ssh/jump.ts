/** A jump host as a person types it, and how it reads. */
import type { Jump } from '../../preload/contract/ssh.ts';

const usualPort = 22;
const highestPort = 65_535;
const longestUser = 64;
const longestHost = 253;

/** `user@host`, `user@host:port`, the brackets of an IPv6 address included; undefined when it is none. */
export function readJump(text: string): Extract<Jump, { readonly kind: 'address' }> | undefined {
  const match =
    /^(?<user>[^\s@:]+)@(?:\[(?<ipv6>[\da-f:.]+(?:%\w+)?)\]|(?<host>[^\s@:[\]/-][^\s@:[\]/]*))(?::(?<port>\d{1,5}))?$/i.exec(
      text.trim(),
    );
  if (!match?.groups) return undefined;
  const { user = '', ipv6, host = ipv6 ?? '', port = String(usualPort) } = match.groups;
  const number = Number(port);
  const isUsable =
    number >= 1 &&
    number <= highestPort &&
    user.length <= longestUser &&
    !user.startsWith('-') &&
    host.length <= longestHost;
  return isUsable ? { kind: 'address', host, port: number, user } : undefined;
}

/** @param nameOf an instance's name by its key; undefined when it is gone */
export function jumpText(jump: Jump, nameOf: (key: string) => string | undefined): string {
  if (jump.kind === 'instance') return nameOf(jump.instance) ?? jump.instance;
  const host = jump.host.includes(':') ? `[${jump.host}]` : jump.host;
  return `${jump.user}@${host}${jump.port === usualPort ? '' : `:${jump.port}`}`;
}
