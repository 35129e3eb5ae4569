/** Files beside OpenSSH's `sftp`: one large file, ten thousand small ones, and a server far away. */
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../support/account.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';
import { startDelayingProxy } from './support/delaying-proxy.ts';
import { type Bench, type Measurement, measure, median } from './support/measurement.ts';
import { type Cost, runSftp } from './support/openssh-sftp.ts';
import {
  buildFilesWorker,
  type FilesWorker,
  startFilesWorker,
} from './support/start-files-worker.ts';

const mebibyte = 1024 * 1024;
const mebibytes = 256;
const farMebibytes = 128;
const oneWayMs = 50;
const smallFiles = 10_000;
const smallBytes = 4096;
const inOneDirectory = 500;
const rounds = 3;
const smallRounds = 2;
const farRounds = 2;
const cipher = 'aes128-gcm@openssh.com';

interface World {
  readonly sshd: Sshd;
  readonly worker: FilesWorker;
  readonly local: TempDir;
  readonly sftpArguments: readonly string[];
  stop(): Promise<void>;
}

type Items = readonly (readonly [path: string, bytes: number])[];

async function startWorld(built: string, delayMs: number): Promise<World> {
  const sshd = await startSshd({ config: [`Ciphers ${cipher}`] });
  const proxy = delayMs > 0 ? await startDelayingProxy(sshd.port, delayMs) : undefined;
  const { port } = proxy ?? sshd;
  const { user, privateKey } = sshd;
  const local = createTempDir('bench-files');
  const knownHosts = join(local.path, 'known_hosts');
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${sshd.hostPublicKey()}\n`);
  const worker = await startFilesWorker(built, { port, user, privateKey });
  return {
    sshd,
    worker,
    local,
    sftpArguments: [
      ...['-F', 'none', '-i', sshd.privateKeyFile, '-P', String(port)],
      ...['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'GlobalKnownHostsFile=none'],
      ...['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-o', `User=${user}`, sshd.host],
    ],
    async stop() {
      await worker.stop();
      await proxy?.stop();
      await sshd.stop();
      local.remove();
    },
  };
}

/** A directory of its own for each run; what was there before is removed, so that the disk stays as it is. */
function freshDirectory(parent: string, owner?: Account): string {
  for (const old of readdirSync(parent).filter((name) => name.startsWith('run-'))) {
    rmSync(join(parent, old), { recursive: true });
  }
  const path = mkdtempSync(join(parent, 'run-'));
  if (owner) chownSync(path, owner.uid, owner.gid);
  return path;
}

interface Costs {
  readonly down: Cost[];
  readonly up: Cost[];
}

/** By turns, so that what else the machine does weighs on both. */
async function compare(
  { sshd, worker, local, sftpArguments }: World,
  items: Items,
  runs: number,
): Promise<{ readonly ours: Costs; readonly peer: Costs }> {
  const ours: Costs = { down: [], up: [] };
  const peer: Costs = { down: [], up: [] };
  const { home: directory, account } = sshd;
  const [[name] = ['']] = items;
  for (const parent of [directory, local.path]) write(parent, items);
  // The first round warms both up.
  for (let round = 0; round <= runs; round += 1) {
    const folder = freshDirectory(local.path);
    const down = await worker.run({ kind: 'download', directory, name, folder });
    const peerFolder = freshDirectory(local.path);
    const get = `get -r ${join(directory, name)} ${peerFolder}/\n`;
    const peerDown = await runSftp(sftpArguments, get);
    const target = freshDirectory(directory, account);
    const up = await worker.run({ kind: 'upload', directory: target, items });
    const peerTarget = freshDirectory(directory, account);
    const put = `put -r ${join(local.path, name)} ${peerTarget}/\n`;
    const peerUp = await runSftp(sftpArguments, put);
    if (round === 0) continue;
    ours.down.push(down);
    peer.down.push(peerDown);
    ours.up.push(up);
    peer.up.push(peerUp);
  }
  return { ours, peer };
}

function write(parent: string, items: Items): void {
  for (const [path, bytes] of items) {
    if (bytes < 0) mkdirSync(join(parent, path));
    else writeFileSync(join(parent, path), Buffer.alloc(bytes, 'pilothouse'));
  }
}

const seconds = (costs: readonly Cost[]) => median(costs.map((cost) => cost.seconds));
const cpu = (costs: readonly Cost[]) => median(costs.map(({ cpuSeconds }) => cpuSeconds));

async function largeFile(world: World): Promise<readonly Measurement[]> {
  const { ours, peer } = await compare(world, [['large', mebibytes * mebibyte]], rounds);
  const rate = (costs: readonly Cost[]) => mebibytes / seconds(costs);
  const perGibibyte = (costs: readonly Cost[]) => (cpu(costs) * 1024) / mebibytes;
  return [
    measure('files: one large download', 'MiB/s', rate(ours.down), rate(peer.down), {
      ratioAtLeast: 1,
    }),
    measure('files: one large upload', 'MiB/s', rate(ours.up), rate(peer.up), { ratioAtLeast: 1 }),
    measure(
      'files: processor time, large download',
      's/GiB',
      perGibibyte(ours.down),
      perGibibyte(peer.down),
      { ratioAtMost: 2 },
    ),
    measure(
      'files: processor time, large upload',
      's/GiB',
      perGibibyte(ours.up),
      perGibibyte(peer.up),
      { ratioAtMost: 2 },
    ),
  ];
}

async function manySmallFiles(world: World): Promise<readonly Measurement[]> {
  const items: [string, number][] = [['tree', -1]];
  for (let at = 0; at < smallFiles; at += 1) {
    const directory = `tree/${Math.floor(at / inOneDirectory)}`;
    if (at % inOneDirectory === 0) items.push([directory, -1]);
    items.push([`${directory}/file-${at}`, smallBytes]);
  }
  const { ours, peer } = await compare(world, items, smallRounds);
  return [
    measure(`files: ${smallFiles} small ones down`, 's', seconds(ours.down), seconds(peer.down), {
      ratioAtMost: 1,
    }),
    measure(`files: ${smallFiles} small ones up`, 's', seconds(ours.up), seconds(peer.up), {
      ratioAtMost: 1,
    }),
    measure('files: processor time, small ones down', 's', cpu(ours.down), cpu(peer.down), {
      ratioAtMost: 2,
    }),
    measure('files: processor time, small ones up', 's', cpu(ours.up), cpu(peer.up), {
      ratioAtMost: 2,
    }),
  ];
}

/** Beside one channel of OpenSSH's over the same way. */
async function farAway(world: World): Promise<readonly Measurement[]> {
  const { ours, peer } = await compare(world, [['far', farMebibytes * mebibyte]], farRounds);
  const rate = (costs: readonly Cost[]) => farMebibytes / seconds(costs);
  return [
    measure('files: 100 ms away, download', 'MiB/s', rate(ours.down), rate(peer.down), {
      ratioAtLeast: 4,
    }),
    measure('files: 100 ms away, upload', 'MiB/s', rate(ours.up), rate(peer.up), {
      ratioAtLeast: 4,
    }),
  ];
}

export const bench: Bench = {
  name: 'sftp',
  async run() {
    const built = await buildFilesWorker();
    const measured: Measurement[] = [];
    const near = await startWorld(built, 0);
    try {
      measured.push(...(await largeFile(near)), ...(await manySmallFiles(near)));
    } finally {
      await near.stop();
    }
    const far = await startWorld(built, oneWayMs);
    try {
      measured.push(...(await farAway(far)));
    } finally {
      await far.stop();
    }
    return measured;
  },
};
