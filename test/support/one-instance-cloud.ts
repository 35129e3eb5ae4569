/** A cloud of one instance: the test says its state, a real OpenSSH server is the machine. */
import type { CloudInstance, CloudKind } from '../../main/clouds/cloud.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import type { State } from '../../preload/contract/instances.ts';
import type { Sshd } from './sshd.ts';

const stateOf = (kind: StateKind): State => ({
  kind,
  word: kind,
  transient: kind !== 'running' && kind !== 'released',
  billed: kind === 'running' ? 'full' : 'none',
});

/** @param tell what the cloud says of its one instance; nothing: it lists none */
export function oneInstanceCloud(
  tell: () => StateKind | undefined,
  machine: () => Sshd,
): CloudKind {
  return {
    id: 'fake',
    create: () => ({
      cloud: {
        check: async () => {},
        readEveryMs: 3_600_000,
        listInstances: async (): Promise<readonly CloudInstance[]> => {
          const told = tell();
          const cost = { estimate: false };
          return told === undefined
            ? []
            : [{ id: 'box', name: 'box', state: stateOf(told), tags: [], cost }];
        },
        parts: {
          access: {
            access: async () => ({
              host: machine().host,
              port: machine().port,
              user: machine().user,
              hostKeyName: 'fake-box',
              publishedHostKeys: [machine().hostPublicKey()],
              login: { kind: 'stored-key', keyId: 'fake/key', passphraseId: 'fake/passphrase' },
            }),
          },
        },
      },
      accountActions: [],
      instanceActions: [],
    }),
  };
}
