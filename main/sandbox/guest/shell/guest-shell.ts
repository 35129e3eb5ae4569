/** A shell of a guest as the main thread sees it: its job in a worker, its processes, its way to files and machine. */
import type { Files } from '../files/files.ts';
import type { Machine, StartedProcess } from '../machine.ts';
import type { Ports } from '../ports.ts';
import type { ShellIo } from './shell-io.ts';
import type { PromptState, ShellHost, ShellJob } from './shell-protocol.ts';
import type { ShellRun, ShellWorkers } from './shell-workers.ts';

export interface ShellParts {
  readonly files: Files;
  readonly machine: Machine;
  readonly ports: Ports;
  readonly workers: ShellWorkers;
}

export interface ShellOptions {
  readonly io: ShellIo;
  /** As in `pts/0`; absent: no terminal. */
  readonly terminalName?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Absent: interactive. */
  readonly script?: string;
  readonly jobs?: JobTable;
}

export interface GuestShell {
  readonly pid: number;
  readonly ended: Promise<number>;
  interrupt(): void;
  kill(): void;
}

/** What runs in the background of one session. */
export class JobTable {
  readonly #running: { readonly job: number; readonly pid: number; readonly text: string }[] = [];
  #finished: string[] = [];
  #last = 0;

  add(pid: number, text: string, ended: Promise<number>): number {
    this.#last += 1;
    const entry = { job: this.#last, pid, text };
    this.#running.push(entry);
    void ended.then((status) => {
      this.#running.splice(this.#running.indexOf(entry), 1);
      const word = statusWords[status] ?? `Exit ${status}`;
      this.#finished.push(`[${entry.job}]+  ${word.padEnd(23)} ${text}\n`);
    });
    return entry.job;
  }

  list() {
    return [...this.#running];
  }

  /** What is said of jobs before the next prompt; once. */
  takeFinished(): string {
    const text = this.#finished.join('');
    this.#finished = [];
    return text;
  }
}

const statusWords: Readonly<Record<number, string>> = {
  0: 'Done',
  130: 'Terminated',
  137: 'Killed',
};
const startFile = '/root/.bashrc';

export function startShell(parts: ShellParts, options: ShellOptions): GuestShell {
  const { machine } = parts;
  const { io, script } = options;
  const terminal = options.terminalName ?? '?';
  const jobs = options.jobs ?? new JobTable();
  let run: ShellRun | undefined;
  let killed = false;
  /** Has come to a prompt: another worker may go on from there. */
  let asking = false;
  let state: PromptState = {
    directory: options.directory,
    environment: options.environment,
    continued: false,
  };
  const interrupt = () => {
    io.release();
    run?.interrupt();
  };
  const kill = () => {
    killed = true;
    io.release();
    run?.kill();
  };
  const onSignal = (signal: string) =>
    signal === 'KILL' || signal === 'HUP' ? kill() : interrupt();
  const shell = machine.start({ command: script ?? '-bash', terminal, onSignal });
  let child: StartedProcess | undefined;
  const runChild = (command: string | null) => {
    child?.end();
    child =
      command === null
        ? undefined
        : machine.start({ command, terminal, parent: shell.pid, onSignal: childSignal });
  };
  /** A killed command takes the worker with it, and the shell goes on in another. */
  const childSignal = (signal: string) => {
    if (signal === 'KILL') run?.kill();
    else interrupt();
  };
  const host = createHost(parts, io, {
    jobs,
    onPrompt: (asked) => {
      state = asked;
      asking = true;
      runChild(null);
    },
    onLine: (line) => {
      if (script === undefined && line.trim() !== '') runChild(line.trim());
    },
    running: (command) => {
      if (script === undefined) runChild(command);
    },
    demand: (demand) => (child ?? shell).setDemand(demand),
    background: (text, from) =>
      startBackground(parts, { ...options, io: withoutInput(io), jobs }, text, from),
  });
  const start = (): Promise<number> => {
    const job: ShellJob = {
      kind: script === undefined ? 'interactive' : 'script',
      text: script ?? '',
      directory: state.directory,
      environment: state.environment,
      terminal: options.terminalName !== undefined,
      pid: shell.pid,
      startFile: script === undefined ? startFile : null,
    };
    const current = parts.workers.run(job, host);
    run = current;
    return current.ended.then(({ status, killed: gone }) => {
      const goesOn = gone && !killed && asking;
      asking = false;
      if (goesOn) return start();
      return gone && !killed && script !== undefined ? 130 : status;
    });
  };
  const ended = start().finally(() => {
    runChild(null);
    shell.end();
  });
  return { pid: shell.pid, ended, interrupt, kill };
}

function startBackground(
  parts: ShellParts,
  options: ShellOptions,
  text: string,
  { directory, environment }: PromptState,
) {
  const { terminalName: _, ...rest } = options;
  const shell = startShell(parts, { ...rest, script: text, directory, environment });
  const job = options.jobs?.add(shell.pid, text, shell.ended) ?? 1;
  return { job, pid: shell.pid };
}

const withoutInput = (io: ShellIo): ShellIo => ({
  output: (stream, data) => io.output(stream, data),
  terminalSize: () => io.terminalSize(),
  prompt: () => Promise.resolve(null),
  readLine: () => Promise.resolve(null),
  readInput: () => Promise.resolve(new Uint8Array(0)),
  readKeys: () => Promise.resolve(''),
  endKeys: () => {},
  setTerminal: () => {},
  release: () => {},
});

interface HostHooks extends Pick<ShellHost, 'running' | 'demand' | 'background'> {
  readonly jobs: JobTable;
  onPrompt(state: PromptState): void;
  onLine(line: string): void;
}

function createHost(
  { files, machine, ports }: ShellParts,
  io: ShellIo,
  { jobs, onPrompt, onLine, ...hooks }: HostHooks,
): ShellHost {
  return {
    ...hooks,
    read: (path) => files.read(path).slice(),
    write: (path, data) => files.write(path, data),
    append: (path, data) => files.append(path, data),
    exists: (path) => files.exists(path),
    stat: (path, followLast) => files.stat(path, followLast),
    readdir: (path) => files.readdir(path),
    mkdir: (path, recursive) => files.mkdir(path, recursive),
    remove: (path, recursive, force) => files.remove(path, { recursive, force }),
    copy: (from, to, recursive) => files.copy(from, to, recursive),
    rename: (from, to) => files.rename(from, to),
    chmod: (path, mode) => files.chmod(path, mode),
    symlink: (target, path) => files.symlink(target, path),
    link: (existing, path) => files.link(existing, path),
    readlink: (path) => files.readlink(path),
    realpath: (path) => files.realpath(path),
    setTime: (path, mtimeMs) => files.setTime(path, mtimeMs),
    output: (stream, data) => io.output(stream, data),
    async prompt(state) {
      onPrompt(state);
      const news = jobs.takeFinished();
      if (news !== '') await io.output('out', new TextEncoder().encode(news));
      const line = await io.prompt(state);
      if (line !== null) onLine(line);
      return line;
    },
    readLine: (prompt, silent) => io.readLine(prompt, silent),
    readInput: () => io.readInput(),
    readKeys: (timeoutMs) => io.readKeys(timeoutMs),
    endKeys: () => io.endKeys(),
    terminalSize: () => io.terminalSize(),
    setTerminal: (options) => io.setTerminal(options),
    machine: () => machine.state(),
    ports: () => ports.list(),
    fetch: (port, path) => ports.fetch(port, path),
    signal: (pid, signal) => machine.signal(pid, signal),
    jobs: () => jobs.list(),
  };
}
