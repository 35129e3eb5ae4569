/** A simulated guest of a test's own, and an SSH client in it. */
import { once } from 'node:events';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { type Guest, type GuestOptions, startGuest } from '../../main/sandbox/guest/guest.ts';
import type { ShellWorkers } from '../../main/sandbox/guest/shell/shell-workers.ts';
import { newKeyPair } from './key-pair.ts';
import { createShellWorkers } from './shell-workers.ts';

export interface TestGuest {
  readonly guest: Guest;
  readonly password: string;
  readonly token: string;
  readonly workers: ShellWorkers;
  connect(): Promise<Client>;
  /** Runs a command over SSH. */
  run(command: string, input?: string): Promise<Ran>;
  stop(): Promise<void>;
}

export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

function guestOptions(options: Partial<GuestOptions> = {}): GuestOptions {
  return {
    id: 'ins-test',
    hostName: 'sdxl-train-03',
    user: 'root',
    password: 'correct horse',
    hostKeyPem: newKeyPair().private,
    sshPort: 0,
    httpPort: 0,
    notebookToken: 'notebook-token-of-a-test',
    cpus: 8,
    memoryMb: 32_768,
    diskGb: 200,
    gpus: [{ name: 'NVIDIA GeForce RTX 4090', memoryMb: 24_564 }],
    image: 'PyTorch 2.4, CUDA 12.4',
    environment: { GREETING: '你好' },
    now: () => Date.now(),
    onFilesChanged: () => {},
    ...options,
  };
}

export async function startTestGuest(options: Partial<GuestOptions> = {}): Promise<TestGuest> {
  const { workers, close } = await createShellWorkers();
  const full = guestOptions({ workers, ...options });
  const guest = await startGuest(full);
  const clients = new Set<Client>();
  const connect = async () => {
    const client = new ssh2.Client();
    clients.add(client);
    client.on('error', () => {});
    client.connect({
      host: '127.0.0.1',
      port: guest.sshPort,
      username: 'root',
      password: full.password,
      hostVerifier: () => true,
    });
    await once(client, 'ready');
    return client;
  };
  let shared: Promise<Client> | undefined;
  return {
    guest,
    password: full.password,
    token: full.notebookToken,
    workers,
    connect,
    async run(command, input = '') {
      shared ??= connect();
      return runOn(await shared, command, input);
    },
    async stop() {
      for (const client of clients) client.end();
      await guest.stop();
      await close();
    },
  };
}

export async function runOn(client: Client, command: string, input = ''): Promise<Ran> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  let status: number | null = null;
  channel.on('data', (bytes: Buffer) => output.push(bytes));
  channel.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
  channel.on('exit', (code: number | null) => {
    status = code;
  });
  channel.end(input);
  await once(channel, 'close');
  return {
    output: Buffer.concat(output).toString(),
    errors: Buffer.concat(errors).toString(),
    status,
  };
}
