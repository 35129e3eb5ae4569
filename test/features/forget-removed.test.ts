/** What was set for an instance is forgotten with it, and only then. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSettings } from '../../main/core/settings.ts';
import { usualConnectionOptions } from '../../main/features/ssh/connection-options.ts';
import { forgetRemoved } from '../../main/features/ssh/forget-removed.ts';
import { changeOptions, jumpPasswordId } from '../../main/features/ssh/jump-passwords.ts';
import { createProxyConsents } from '../../main/features/ssh/proxy-consent.ts';
import type { State } from '../../preload/contract/instances.ts';
import { createConnectParts } from '../support/connect-parts.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestPlatform } from '../support/test-platform.ts';

let live: LiveCore;
beforeAll(async () => {
  live = await startLiveCore();
});
afterAll(() => live.close());

it('the options of a server that was struck off stand nowhere any more; those of the others do', async () => {
  const [gone, kept] = [
    await live.addServer({ port: 22, user: 'ada' }),
    await live.addServer({ port: 22, user: 'ada' }),
  ];
  const options = { ...usualConnectionOptions, keepaliveSeconds: 0 };
  for (const instance of [gone, kept])
    await live.client.call('ssh.setOptions', { instance, options });
  const run = { account: 'servers', action: 'remove-server', input: {} };
  await live.client.call('actions.run', { ...run, instance: gone });
  const saved = () => readFileSync(join(live.dataDirectory, 'settings.json'), 'utf8');
  await expect.poll(saved).not.toContain(gone);
  expect(saved()).toContain(kept);
});

it('the password of a jump host is kept as long as any options name its place', async () => {
  const directory = createTempDir('jump-passwords');
  const { vault, remove } = await createConnectParts();
  const settings = openSettings(createTestPlatform(directory.path), { add: () => {} } as never);
  const gate = { kind: 'address', host: 'gate', port: 22, user: 'ada' } as const;
  const through = (...jumps: (typeof gate)[]) => ({ ...usualConnectionOptions, jumps });
  const change = (connectionOptions: Record<string, ReturnType<typeof through>>) =>
    changeOptions(settings, vault, { connectionOptions });
  change({ 'servers/a': through(gate), 'servers/b': through(gate) });
  await vault.save(jumpPasswordId(gate), 'CANARY-password');
  change({ 'servers/a': through(gate) });
  expect(vault.has(jumpPasswordId(gate))).toBe(true);
  change({ 'servers/a': through() });
  expect(vault.has(jumpPasswordId(gate))).toBe(false);
  remove();
  directory.remove();
});

it('a consent goes with a server or an account, and stays when a cloud only leaves an instance out', async () => {
  const directory = createTempDir('forget-removed');
  const { connectParts, remove } = await createConnectParts();
  const platform = createTestPlatform(directory.path);
  const settings = openSettings(platform, { add: () => {} } as never);
  const consents = createProxyConsents(settings);
  let tell: (key: string, state: State | undefined) => void = () => {};
  forgetRemoved({
    fleet: {
      onStateChange: (handler: typeof tell) => {
        tell = handler;
      },
      accounts: { get: (id: string) => (id === 'gone' ? undefined : { id }) },
      account: (id: string) => ({ cloud: { ...(id === 'servers' && { keepsItsOwnList: true }) } }),
    } as never,
    settings,
    vault: connectParts.vault,
    log: connectParts.log,
  });
  const instances = ['servers/a', 'cloud/a', 'gone/a'];
  for (const instance of instances) consents.allow(instance, 'nc box 22');
  for (const instance of instances) tell(instance, undefined);
  expect(instances.map((instance) => consents.isAllowed(instance, 'nc box 22'))).toEqual([
    false,
    true,
    false,
  ]);
  remove();
  directory.remove();
});
