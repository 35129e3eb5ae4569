/** What makes an instance reachable: a password, a host key, ports of this machine. Only so many instances can have them. */
import { randomBytes } from 'node:crypto';
import ssh2 from 'ssh2';
import type { Change, Placement, WorldState } from './model.ts';
import { statusAt } from './timeline.ts';

/** Every one is a real SSH server; instances beyond are listed, billed and measured, but have no address. */
export const placedLimit = 200;
/** Seeded and filled ones leave room for what is created later. */
const placedAtStartLimit = 150;

/** One key in some hundreds that ssh2 makes is one it cannot read itself: that one is thrown away. */
function createHostKey() {
  for (;;) {
    const keys = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'sandbox' });
    if (!(ssh2.utils.parseKey(keys.private) instanceof Error)) return keys;
  }
}

export function createPlacement(): Placement {
  const keys = createHostKey();
  return {
    password: randomBytes(12).toString('base64url'),
    notebookToken: randomBytes(24).toString('hex'),
    hostKeyPem: keys.private,
    hostPublicKey: keys.public.split(' ').slice(0, 2).join(' '),
    sshPort: 0,
    httpPort: 0,
  };
}

const isLive = (state: WorldState, id: string, now: number): boolean => {
  const instance = state.instances.get(id);
  return instance !== undefined && statusAt(instance.timeline, now) !== 'Released';
};

export function countPlaced(state: WorldState, placed: Iterable<string>, now: number): number {
  return [...placed].filter((id) => isLive(state, id, now)).length;
}

/** Places those that have not been yet, in the order they come, as far as there is room. */
export function placeAtStart(
  state: WorldState,
  placed: ReadonlySet<string>,
  now: number,
): readonly Change[] {
  const changes: Change[] = [];
  let room = placedAtStartLimit - countPlaced(state, placed, now);
  for (const instance of state.instances.values()) {
    if (room <= 0) break;
    if (instance.placement || !isLive(state, instance.id, now)) continue;
    const record = { ...instance, placement: createPlacement() };
    changes.push({ table: 'instances', id: instance.id, record });
    room -= 1;
  }
  return changes;
}
