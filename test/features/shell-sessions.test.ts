/** Sessions of tmux and screen left behind on a real OpenSSH server: listed, entered again, ended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShellSession, Terminal } from '../../preload/contract/terminals.ts';
import { isRoot } from '../support/account.ts';
import { run } from '../support/child.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { attachPage, readTerminal } from '../support/terminal-page.ts';

/** The machine that tests may be busy. */

let sshd: Sshd;
let live: LiveCore;
let instance: string;

beforeAll(async () => {
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd, { name: 'trainer' });
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
});

/** As the operator does over there, beside the product. */
const onServer = (command: string) => run('su', [sshd.user, '-c', `cd; ${command}`]);

const list = async () => (await live.client.call('terminals.shellSessions', { instance })).sessions;
const named = async (part: string) => (await list()).find(({ name }) => name.includes(part));

async function open(
  how: Partial<Pick<Terminal, 'shell'>> & { session?: Pick<ShellSession, 'program' | 'name'> },
) {
  const request = { instance, columns: 80, rows: 24, ...how };
  const { id } = await live.client.call('terminals.open', request);
  await expect.poll(() => readTerminal(live.client, id)).toMatchObject({ state: 'open' });
  return { id, page: await attachPage(live.client, { id }) };
}

// Without an account of the test's own these are the sessions of whoever runs it.
it.skipIf(!isRoot)(
  'where nothing runs there are none, and it is said which programs could have some',
  async () => {
    expect(await live.client.call('terminals.shellSessions', { instance })).toEqual({
      programs: ['tmux', 'screen'],
      sessions: [],
    });
  },
);

describe.each(['tmux', 'screen'] as const)('a session of %s', (program) => {
  it('that a terminal left behind is listed as ours, entered again with what is in it, and ended', async () => {
    const first = await open({ shell: program });
    await first.page.type("kept='in the shell'; printf '<%s>' ready\r");
    await first.page.until(/<ready>/);
    const { shellSession = '' } = (await readTerminal(live.client, first.id)) ?? {};
    expect(await named(shellSession)).toMatchObject({
      program,
      ours: true,
      attached: true,
      terminal: first.id,
    });

    await live.client.call('terminals.close', { id: first.id });
    await expect.poll(() => named(shellSession)).toMatchObject({ attached: false });
    const left = await named(shellSession);
    expect(left).not.toHaveProperty('terminal');
    const name = left?.name ?? '';
    const again = await open({ session: { program, name } });
    await again.page.type('printf \'<%s>\' "$kept"\r');
    await again.page.until(/<in the shell>/);
    expect(await readTerminal(live.client, again.id)).toMatchObject({
      shell: program,
      shellSession: name,
    });
    expect(await named(name)).toMatchObject({ terminal: again.id });
    const kept = readFileSync(join(live.dataDirectory, 'settings.json'), 'utf8');
    expect(JSON.parse(kept).terminals).toMatchObject([
      { id: again.id, shell: program, joins: name },
    ]);

    await live.client.call('terminals.endShellSession', { instance, session: { program, name } });
    await expect.poll(() => readTerminal(live.client, again.id)).toMatchObject({ state: 'closed' });
    await expect.poll(() => named(name)).toBeUndefined();
    // Somebody was quicker.
    await live.client.call('terminals.endShellSession', { instance, session: { program, name } });
    await live.client.call('terminals.close', { id: again.id });
  });
});

describe.skipIf(!isRoot)('the operator’s own sessions', () => {
  it('of tmux are entered by their exact name, whatever stands in it', async () => {
    const odd = `it's "$(odd)"  訓 `;
    await onServer(`tmux -u new-session -d -s train; tmux -u new-session -d -s train2`);
    const quoted = odd.replaceAll(/["$]/g, '\\$&');
    await onServer(`tmux -u new-session -d -s "${quoted}"`);
    expect(await named(odd)).toMatchObject({ ours: false, attached: false, program: 'tmux' });
    const { id, page } = await open({ session: { program: 'tmux', name: odd } });
    await page.type("printf '<%s>' \"$(tmux display-message -p '#S')\"\r");
    await page.until(/<it's "\$\(odd\)" {2}訓 >/);
    await live.client.call('terminals.close', { id });

    // Neither is it taken for the beginning of another's name.
    const session = { program: 'tmux', name: 'train' } as const;
    await live.client.call('terminals.endShellSession', { instance, session });
    await live.client.call('terminals.endShellSession', { instance, session });
    expect((await list()).map(({ name }) => name).sort()).toEqual([odd, 'train2'].sort());
    for (const name of [odd, 'train2']) {
      await live.client.call('terminals.endShellSession', {
        instance,
        session: { program: 'tmux', name },
      });
    }
  });

  it('of screen are entered by number and name', async () => {
    await onServer('screen -dmS build');
    await expect.poll(() => named('.build')).toMatchObject({ program: 'screen', ours: false });
    const { name = '' } = (await named('.build')) ?? {};
    const { id, page } = await open({ session: { program: 'screen', name } });
    await page.type('printf \'<%s>\' "$STY"\r');
    await page.until(new RegExp(`<${name}>`));
    await live.client.call('terminals.close', { id });
    await live.client.call('terminals.endShellSession', {
      instance,
      session: { program: 'screen', name },
    });
    await expect.poll(() => named('.build')).toBeUndefined();
  });

  it('that are gone are missed in the words of their program, and nothing new is begun', async () => {
    const session = { program: 'tmux', name: 'never-there' } as const;
    const { id } = await live.client.call('terminals.open', {
      instance,
      columns: 80,
      rows: 24,
      session,
    });
    await expect
      .poll(() => readTerminal(live.client, id))
      .toMatchObject({ state: 'closed', exit: { status: 1 } });
    expect(await list()).toEqual([]);
    await live.client.call('terminals.close', { id });
  });

  it('cannot be told where a program may not look: that is said, beside those of the other', async () => {
    await onServer('tmux -u new-session -d -s hidden; screen -dmS seen');
    const socket = (await onServer("tmux display-message -p '#{socket_path}'")).trim();
    const directory = socket.replace(/\/[^/]*$/, '');
    await run('chmod', ['000', directory]);
    await run('chown', ['root', directory]);
    const told = () => live.client.call('terminals.shellSessions', { instance });
    await expect.poll(told).toMatchObject({
      sessions: [{ program: 'screen', name: expect.stringMatching(/\.seen$/) }],
      failure: { rule: { id: 'shell-sessions-unreadable', params: { program: 'tmux' } } },
    });
    await run('chown', [sshd.user, directory]);
    await run('chmod', ['700', directory]);
    await onServer('tmux kill-server; screen -S seen -X quit');
  });
});
