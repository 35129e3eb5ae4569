/** The way to an instance: the machines that are entered one through the other, the instance last. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Jump } from '../../../preload/contract/ssh.ts';
import { checkAccess } from '../../clouds/check-access.ts';
import type { SshAccess } from '../../clouds/cloud.ts';
import type { Settings } from '../../core/settings.ts';
import type { Fleet } from '../fleet.ts';
import { usualKeepaliveSeconds } from './connect.ts';
import { connectionOptionsOf } from './connection-options.ts';
import { findJumpLoop } from './jump-loop.ts';
import { jumpPasswordId } from './jump-passwords.ts';

/** A machine, what it takes to enter it, and the machine before it. */
export interface Way {
  readonly access: SshAccess;
  /** Absent for a place that is not in the list. */
  readonly instance?: string;
  /** Run in place of a TCP connection, once it was allowed for the instance. */
  readonly proxy?: { readonly command: string; readonly instance: string };
  readonly preferredKey?: string;
  readonly keepaliveSeconds: number;
  readonly forwardAgent: boolean;
  readonly via?: Way;
}

export interface Routes {
  /** @throws CloudError when an instance is gone or has no SSH access; invalid `jump-loop`, `jump-unknown` */
  to(instance: string): Promise<Way>;
  /** Whether all users of an instance share one connection. */
  isShared(instance: string): boolean;
}

export function createRoutes(
  fleet: Pick<Fleet, 'access' | 'find' | 'instance'>,
  settings: Settings,
): Routes {
  const optionsOf = (instance: string) => connectionOptionsOf(settings, instance);

  /** @param before the machine it is entered through; absent: as its own options say */
  async function toInstance(instance: string, before?: Way): Promise<Way> {
    const access = await fleet.access(instance);
    const { jumps, keepaliveSeconds, forwardAgent } = optionsOf(instance);
    const { account } = fleet.instance(instance);
    const { defaultKey } = settings.read().accountPreferences[account.id] ?? {};
    const via =
      before ?? (await lastOf(jumps)) ?? (jumps ? undefined : configured(access, instance));
    const command = !before && !jumps && !via ? access.proxyCommand : undefined;
    return {
      access: plain(access),
      instance,
      ...(command && { proxy: { command, instance } }),
      ...(defaultKey && { preferredKey: defaultKey }),
      keepaliveSeconds: keepaliveSeconds ?? access.keepaliveSeconds ?? usualKeepaliveSeconds,
      forwardAgent,
      ...(via && { via }),
    };
  }

  /** Entered one through the other; only the first brings a way of its own. */
  async function lastOf(jumps: readonly Jump[] | null): Promise<Way | undefined> {
    let last: Way | undefined;
    for (const jump of jumps ?? []) {
      if (jump.kind === 'address') last = machine(accessOf(jump), last);
      else if (fleet.find(jump.instance)) last = await toInstance(jump.instance, last);
      else throw refusal('invalid', 'jump-unknown', { instance: jump.instance });
    }
    return last;
  }

  return {
    async to(instance) {
      const loop = findJumpLoop(instance, (other) => optionsOf(other).jumps);
      if (loop) {
        const name = fleet.find(loop)?.target.name ?? loop;
        throw refusal('invalid', 'jump-loop', { name });
      }
      return toInstance(instance);
    },
    isShared: (instance) => optionsOf(instance).shareConnection,
  };
}

/** The names under which machines on the way are known that are in no list, so that nobody else could forget them. */
export function unlistedOn({ via }: Way): readonly string[] {
  if (!via) return [];
  const own = via.instance === undefined ? [via.access.hostKeyName] : [];
  return [...own, ...unlistedOn(via)];
}

/** How many machines OpenSSH's configuration may put one before the other. */
const mostHops = 16;

/** The machines OpenSSH's configuration puts before one; the first may have some of its own. */
function configured(access: SshAccess, instance: string, depth = 0): Way | undefined {
  if (depth > mostHops) throw refusal('invalid', 'jump-loop', { name: access.host });
  let last: Way | undefined;
  for (const hop of access.jumps ?? []) {
    last ??= configured(hop, instance, depth + 1);
    const command = last ? undefined : hop.proxyCommand;
    last = { ...machine(hop, last), ...(command && { proxy: { command, instance } }) };
  }
  return last;
}

const machine = (access: SshAccess, via: Way | undefined): Way => ({
  access: plain(access),
  keepaliveSeconds: access.keepaliveSeconds ?? usualKeepaliveSeconds,
  forwardAgent: false,
  ...(via && { via }),
});

/** Without the way to it: that is told by the machine before it. */
function plain({ jumps: _jumps, proxyCommand: _command, ...access }: SshAccess): SshAccess {
  return access;
}

/** @throws CloudError invalid as `checkAccess` */
export function accessOf(jump: Extract<Jump, { kind: 'address' }>): SshAccess {
  const { host, port, user } = jump;
  const access: SshAccess = {
    host,
    port,
    user,
    hostKeyName: port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`,
    publishedHostKeys: [],
    login: { kind: 'automatic', passwordId: jumpPasswordId(jump) },
  };
  checkAccess(access);
  return access;
}
