/** tmux and screen on a guest: what runs in them outlives the line, and is found again by its name. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { ClientChannel } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommand, joinCommand, probeScript } from '../../main/features/ssh/multiplexers.ts';
import {
  endScript,
  listScript,
  parseSessions,
} from '../../main/features/ssh/shell-session-scripts.ts';
import { startTestGuest, type TestGuest } from '../support/guest.ts';

let guest: TestGuest;

beforeAll(async () => {
  guest = await startTestGuest();
});
afterAll(() => guest.stop());

interface Entered {
  readonly channel: ClientChannel;
  said(): string;
}

const enter = (program: 'tmux' | 'screen', name: string, columns = 80) =>
  runCommand(enterCommand(program, name), columns);

async function runCommand(command: string, columns = 80): Promise<Entered> {
  const client = await guest.connect();
  let said = '';
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    const pty = { term: 'xterm-256color', cols: columns, rows: 24 };
    client.exec(command, { pty }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  channel.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  channel.on('close', () => client.end());
  return { channel, said: () => said };
}

const says = ({ said }: Entered, words: RegExp) => expect.poll(said).toMatch(words);

describe.each(['tmux', 'screen'] as const)('%s on a guest', (program) => {
  it('is found by the probe of the product', async () => {
    expect((await guest.run('sh', probeScript(program))).output).toBe('yes\n');
  });

  it('keeps a program running while nobody looks, and shows it to whoever comes back', async () => {
    const name = `pilothouse-${program}-1`;
    const first = await enter(program, name);
    await says(first, /# $/);
    first.channel.write('for i in 1 2 3 4 5 6; do echo count-$i; sleep 0.2; done\r');
    await says(first, /count-1/);
    first.channel.close();
    await once(first.channel, 'close');
    const second = await enter(program, name);
    await says(second, /count-1[\s\S]*count-6/);
    second.channel.write('echo still-$((40 + 2))\r');
    await says(second, /still-42/);
    second.channel.write('exit\r');
    const [status] = await once(second.channel, 'exit');
    expect(status).toBe(0);
    const third = await enter(program, name);
    await says(third, /# $/);
    expect(third.said()).not.toContain('still-42');
    third.channel.write('exit\r');
  });

  it('lets one look at a time: who comes takes it over with a word to who was there', async () => {
    const name = `pilothouse-${program}-2`;
    const first = await enter(program, name);
    await says(first, /# $/);
    const second = await enter(program, name, 120);
    await says(first, /\[detached\]/);
    second.channel.write('echo $COLUMNS-wide\r');
    await says(second, /-wide/);
    second.channel.write('exit\r');
  });

  it('is not held up by one who takes nothing, once another has come', async () => {
    const name = `pilothouse-${program}-3`;
    const first = await enter(program, name);
    await says(first, /# $/);
    first.channel.pause();
    first.channel.write('yes\r');
    await setTimeout(1000);
    const second = await enter(program, name);
    second.channel.write('\x03');
    second.channel.write('echo free-$((40 + 2))\r');
    await says(second, /free-42/);
    second.channel.write('exit\r');
    await once(second.channel, 'close');
    first.channel.close();
  });

  it('lists what runs in it, lets it be entered by its name, and ends it', async () => {
    const name = `pilothouse-0000000000${program === 'tmux' ? 'aa' : 'bb'}`;
    const sessions = async () =>
      parseSessions((await guest.run('sh', listScript)).output).sessions.filter((session) =>
        session.name.includes(name),
      );
    expect(await sessions()).toEqual([]);
    const first = await enter(program, name);
    await says(first, /# $/);
    first.channel.write("kept='in the shell'\r");
    await says(first, /shell'[\s\S]*# $/);
    expect(await sessions()).toMatchObject([{ program, ours: true, attached: true }]);
    first.channel.close();
    await once(first.channel, 'close');
    await expect.poll(sessions).toMatchObject([{ program, attached: false }]);
    const [session] = await sessions();
    if (!session) return;
    const second = await runCommand(joinCommand(program, session.name));
    second.channel.write('echo "<$kept>"\r');
    await says(second, /<in the shell>/);
    expect((await guest.run('sh', endScript(session))).output.trim()).toBe('ended');
    await expect.poll(sessions).toEqual([]);
    expect((await guest.run('sh', endScript(session))).output.trim()).toBe('ended');
    const gone = await runCommand(joinCommand(program, session.name));
    await once(gone.channel, 'close');
    expect(gone.said()).toMatch(/can't find session|No screen session/);
  });
});
