/** A simulated machine behind an instance: files, shell over SSH, a notebook service. Nothing in it is real but its ports. */
import { Readable } from 'node:stream';
import { bootProcesses, writeNotebookFile } from './boot.ts';
import { catalogue } from './commands/catalogue.ts';
import { bashCommands } from './files/bash-commands.ts';
import { createDirectory, type DirectoryEntry } from './files/file-node.ts';
import { type FileTree, layOut, toTree } from './files/file-tree.ts';
import { Files } from './files/files.ts';
import { addBuiltIns, identityTree, imageTree } from './files/image.ts';
import { createProc } from './files/proc.ts';
import { Machine } from './machine.ts';
import { messageOfTheDay } from './message-of-the-day.ts';
import { type GuestMetrics, Meter } from './meter.ts';
import { startNotebook } from './notebook/notebook-service.ts';
import { Ports } from './ports.ts';
import { gatherOutput } from './shell/gather-output.ts';
import { startShell } from './shell/guest-shell.ts';
import { ShellWorkers } from './shell/shell-workers.ts';
import { builtWorkerFile } from './shell/worker-file.ts';
import { Multiplexer } from './ssh/multiplexer.ts';
import { startSshServer } from './ssh/ssh-server.ts';
import { createTerminalNames } from './terminal/terminal-names.ts';

export type { FileNode, FileTree } from './files/file-tree.ts';
export type { GuestMetrics } from './meter.ts';

export interface GuestOptions {
  readonly id: string;
  readonly hostName: string;
  readonly user: 'root';
  readonly password: string;
  /** ed25519, in OpenSSH's format. */
  readonly hostKeyPem: string;
  /** Of this machine's loopback; 0 = any. */
  readonly sshPort: number;
  readonly httpPort: number;
  readonly notebookToken: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly diskGb: number;
  readonly gpus: readonly { readonly name: string; readonly memoryMb: number }[];
  /** The root file system without /datadrive; absent: a fresh image. */
  readonly files?: FileTree;
  /** Shown in /etc/os-release and at sign-in. */
  readonly image: string;
  readonly datadrive?: { readonly files: FileTree; readonly readOnly: boolean };
  readonly environment: Readonly<Record<string, string>>;
  /** What already runs on it, as ps and nvidia-smi show it. */
  readonly workload?: { readonly command: string; readonly load: number };
  /** Shared by all guests of a process; absent: this guest's own. */
  readonly workers?: ShellWorkers;
  /** When the machine booted, in sandbox time; absent: now. */
  readonly bootedMs?: number;
  /** Sandbox time, in milliseconds since 1970. */
  now(): number;
  onFilesChanged(): void;
}

export interface Guest {
  readonly sshPort: number;
  readonly httpPort: number;
  /** `ssh-ed25519 AAAA…` */
  readonly hostPublicKey: string;
  exportFiles(): Promise<{ root: FileTree; datadrive: FileTree | undefined }>;
  /** Of the root file system. */
  sizeBytes(): Promise<number>;
  metrics(): GuestMetrics;
  openConnections(): number;
  /** Closes every session with a word. */
  stop(): Promise<void>;
}

/** A guest's files lie in the sandbox's memory. */
const capacityBytes = 256 * 1024 * 1024;
const notebookPort = 8888;
const notebookLimitMs = 30_000;

export async function startGuest(options: GuestOptions): Promise<Guest> {
  const { hostName, image, datadrive: drive, gpus } = options;
  const now = () => options.now();
  const workers = options.workers ?? new ShellWorkers({ file: builtWorkerFile() });
  const root = createDirectory(0o755, now());
  const datadrive = drive && mountDatadrive(root, drive, now());
  const machine = new Machine({
    ...options,
    now,
    rootBytes: () => files.size(),
    datadriveBytes: () => (datadrive ? files.size('/datadrive') : 0),
  });
  const about = { name: image, hostName, datadrive: datadrive !== undefined, gpus, nowMs: now() };
  layOut(options.files ?? imageTree(about), root);
  layOut(identityTree(about), root);
  const ownCommands = catalogue.flatMap(({ names }) => names);
  addBuiltIns(root, [...bashCommands, ...ownCommands], createProc(machine), now());
  let started = false;
  const files = new Files({
    root,
    capacityBytes,
    now,
    onChanged: () => {
      if (started) options.onFilesChanged();
    },
  });
  const notebookPid = bootProcesses(machine, options);
  const ports = new Ports();
  const shell = { files, machine, ports, workers };

  const notebook = await startNotebook({
    port: options.httpPort,
    token: options.notebookToken,
    hostName,
    files,
    now,
    execute: (line) => executeLine(line),
  });
  async function executeLine(line: string) {
    const { io, output } = gatherOutput(Readable.from([]));
    const run = startShell(shell, {
      io,
      environment: { ...options.environment, HOME: '/root', USER: 'root', PATH: '/usr/bin:/bin' },
      directory: '/root',
      script: line,
    });
    const timer = setTimeout(() => run.kill(), notebookLimitMs);
    const status = await run.ended;
    clearTimeout(timer);
    return { output: output(), status };
  }

  writeNotebookFile(files, { pid: notebookPid, port: notebookPort, token: options.notebookToken });
  ports.listen(notebookPort, 'jupyter-lab', (stream) => notebook.accept(stream));
  const multiplexer = new Multiplexer(machine);
  const ssh = await startSshServer({
    port: options.sshPort,
    hostKeyPem: options.hostKeyPem,
    login: { user: options.user, password: options.password, files },
    session: {
      shell,
      environment: options.environment,
      hostName,
      multiplexer,
      messageOfTheDay: () => messageOfTheDay(machine.state()),
      takeTerminal: createTerminalNames(),
      now,
    },
    ports,
    onTraffic: (received, sent) => machine.count(received, sent),
  }).catch(async (error) => {
    await notebook.stop();
    throw error;
  });
  started = true;
  const meter = new Meter(machine);
  return {
    sshPort: ssh.port,
    httpPort: notebook.port,
    hostPublicKey: ssh.hostPublicKey,
    exportFiles: async () => ({
      root: toTree(root),
      datadrive: datadrive && toTree(datadrive),
    }),
    sizeBytes: async () => files.size(),
    metrics: () => meter.read(),
    openConnections: () => ssh.connections(),
    async stop() {
      await Promise.all([ssh.stop(), notebook.stop()]);
      multiplexer.stop();
      machine.shutDown();
      if (!options.workers) await workers.close();
    },
  };
}

function mountDatadrive(
  root: DirectoryEntry,
  { files, readOnly }: { readonly files: FileTree; readonly readOnly: boolean },
  nowMs: number,
): DirectoryEntry {
  const directory = createDirectory(0o777, nowMs, {
    builtIn: true,
    volume: { name: 'datadrive', readOnly },
  });
  layOut(files, directory);
  root.entries.set('datadrive', directory);
  return directory;
}
