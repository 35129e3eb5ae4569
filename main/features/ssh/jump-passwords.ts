/** Passwords of jump hosts that options name by their address: each is kept as long as any options name its place. */
import type { ConnectionOptions, Jump } from '../../../preload/contract/ssh.ts';
import type { Settings, SettingsDocument } from '../../core/settings.ts';
import type { Vault } from '../../core/vault.ts';

export const jumpPasswordId = ({ user, host, port }: Extract<Jump, { kind: 'address' }>): string =>
  `jump/${user}@${host}:${port}/password`;

/** Changes settings with options among them, and forgets the passwords nobody has a use for any more. @throws CloudError when the disk refuses */
export function changeOptions(
  settings: Settings,
  vault: Pick<Vault, 'remove'>,
  part: Pick<SettingsDocument, 'connectionOptions'> & Partial<SettingsDocument>,
): void {
  const before = passwordIdsIn(settings.read().connectionOptions);
  settings.change(part);
  const after = new Set(passwordIdsIn(part.connectionOptions));
  for (const id of before) if (!after.has(id)) vault.remove(id);
}

const passwordIdsIn = (options: Readonly<Record<string, ConnectionOptions>>): readonly string[] =>
  Object.values(options).flatMap(({ jumps }) =>
    (jumps ?? []).flatMap((jump) => (jump.kind === 'address' ? jumpPasswordId(jump) : [])),
  );
