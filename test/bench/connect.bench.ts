/** From opening a terminal to the shell's prompt, beside OpenSSH's client with the same key exchange. */
import type { Client } from '../../renderer/client/client.ts';
import { startChild } from '../support/child.ts';
import { startAppWithServers } from './support/app-with-servers.ts';
import { type Bench, measure, median } from './support/measurement.ts';

const rounds = 15;
const warmUps = 2;
const prompt = /[$#] $/;
const size = { columns: 80, rows: 24 };

async function ourPrompt(client: Client, instance: string): Promise<number> {
  const startedAt = performance.now();
  const { id } = await client.call('terminals.open', { instance, ...size });
  const { stream, opened } = client.stream('terminals.attach', { id, from: 0 });
  let output = '';
  const prompted = new Promise<void>((resolve, reject) => {
    stream.onBytes((bytes) => {
      output += Buffer.from(bytes).toString();
      if (prompt.test(output)) resolve();
    });
    stream.onClose(() => reject(new Error(`no prompt in ${JSON.stringify(output)}`)));
  });
  await opened;
  stream.grant(1024 * 1024);
  await prompted;
  const tookMs = performance.now() - startedAt;
  stream.onClose(() => {});
  await client.call('terminals.close', { id });
  return tookMs;
}

async function peerPrompt(sshArguments: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const ssh = startChild('ssh', ['-tt', ...sshArguments]);
  await ssh.waitFor(prompt);
  const tookMs = performance.now() - startedAt;
  await ssh.stop();
  return tookMs;
}

export const bench: Bench = {
  name: 'connect',
  async run() {
    // Each instance once, so that no connection is there already.
    const world = await startAppWithServers(rounds + warmUps);
    const ours: number[] = [];
    const peer: number[] = [];
    for (const instance of world.instances) {
      ours.push(await ourPrompt(world.client, instance));
      peer.push(await peerPrompt(world.sshArguments));
    }
    await world.stop();
    return [
      measure(
        'connect: to the prompt',
        'ms',
        median(ours.slice(warmUps)),
        median(peer.slice(warmUps)),
        { ratioAtMost: 1 },
      ),
    ];
  },
};
