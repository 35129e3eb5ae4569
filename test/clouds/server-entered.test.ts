/** Own servers that are entered: whatever was seen from outside, they answer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { usualConnectionOptions } from '../../main/features/ssh/connection-options.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
let live: LiveCore;

beforeAll(async () => {
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  await live.client.call('vault.setUp', { mode: 'memory' });
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
});

const addServer = (name: string) =>
  live.addServer({
    name,
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
const wordOf = async (instance: string) =>
  (await live.client.call('instances.list', {})).items.find(({ key }) => key === instance)?.state
    .word;

it('a server is reachable as soon as somebody is in, also where nobody can see it from here', async () => {
  const gate = await addServer('gate');
  const inner = await addServer('inner');
  const jumps = [{ kind: 'instance', instance: gate } as const];
  await live.client.call('ssh.setOptions', {
    instance: inner,
    options: { ...usualConnectionOptions, jumps },
  });
  await expect.poll(() => wordOf(inner)).toBe('behind-another');
  expect(await wordOf(gate)).toBe('not-checked');

  const { id } = await live.client.call('terminals.open', {
    instance: inner,
    columns: 80,
    rows: 24,
  });
  await expect.poll(() => wordOf(inner)).toBe('reachable');
  await expect.poll(() => wordOf(gate)).toBe('reachable');
  await live.client.call('terminals.close', { id });
  sshd.dropSessions();
  await expect.poll(() => wordOf(inner)).toBe('behind-another');
});
