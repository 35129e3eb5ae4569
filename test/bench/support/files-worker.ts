/** A core in a process of its own that moves files when told to, a line of JSON for each order. */
import { createInterface } from 'node:readline';
import type { Transfer } from '../../../preload/contract/files.ts';
import { announced, type HeldFile, isEnded, transferWhen } from '../../support/held-files.ts';
import { startLiveCore, trustHostKeys } from '../../support/live-core.ts';
import { sendUncopied } from './send-uncopied.ts';

export type FilesOrder =
  | {
      readonly kind: 'download';
      readonly directory: string;
      readonly name: string;
      /** On this machine. */
      readonly folder: string;
    }
  | {
      readonly kind: 'upload';
      readonly directory: string;
      /** Each so many bytes; -1: a directory. */
      readonly items: readonly (readonly [path: string, bytes: number])[];
    };

export interface FilesWorkerOptions {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
}

const announcedAtOnce = 5000;

let folder = '';
const contents = new Map<number, Buffer>();
const options: FilesWorkerOptions = JSON.parse(process.argv[2] ?? '');
const live = await startLiveCore({
  platform: { chooseFolder: () => Promise.resolve(folder) },
  answer: trustHostKeys,
});
const { client } = live;
await client.call('vault.setUp', { mode: 'memory' });
const instance = await live.addServer({ ...options, login: { kind: 'stored-key' } });
process.stdout.write('ready\n');

for await (const line of createInterface(process.stdin)) {
  const { state, problems, failure } = await follow(JSON.parse(line));
  process.stdout.write(`${JSON.stringify({ state, problems: problems.length, failure })}\n`);
}
await live.close();

/** Made once: making it is not what is measured. */
function contentOf(bytes: number): Buffer {
  const content = contents.get(bytes) ?? Buffer.alloc(bytes, 'pilothouse');
  contents.set(bytes, content);
  return content;
}

async function follow(order: FilesOrder): Promise<Transfer> {
  const { directory } = order;
  if (order.kind === 'download') {
    ({ folder } = order);
    const outcome = await client.call('files.download', {
      instance,
      directory,
      names: [order.name],
    });
    if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
    return transferWhen(client, outcome.transfer.id, isEnded);
  }
  const held = order.items.map(
    ([path, bytes]): HeldFile => ({
      path,
      ...(bytes >= 0 && { bytes: contentOf(bytes) }),
    }),
  );
  const items = announced(held);
  const first = items.slice(0, announcedAtOnce);
  const more = items.length > announcedAtOnce;
  const { id } = await client.call('files.upload', { instance, directory, items: first, more });
  for (let at = announcedAtOnce; at < items.length; at += announcedAtOnce) {
    const next = items.slice(at, at + announcedAtOnce);
    const isLast = at + announcedAtOnce >= items.length;
    await client.call('files.announce', { transfer: id, items: next, more: !isLast });
  }
  await sendUncopied(live.core.handlers, id, held, 32);
  return transferWhen(client, id, isEnded);
}
