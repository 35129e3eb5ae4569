/** A program a test starts: its output is kept, it is ended by its process id and never by name. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
}

export interface Child {
  readonly pid: number;
  /** Everything printed so far, both outputs in the order they came. */
  output(): string;
  /** The first match, now or later. @throws with the output when it ends or time is up */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  write(text: string): void;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and after 5 s makes it. */
  stop(): Promise<void>;
}

const patienceMs = 5000;

export function startChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Child {
  const child: ChildProcess = spawn(command, args, { ...options, stdio: 'pipe' });
  const name = `${command} (${child.pid})`;
  let output = '';
  let over = false;
  const changed = new Set<() => void>();
  const tell = () => {
    for (const listener of [...changed]) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      tell();
    });
  }
  child.stdin?.on('error', () => {});
  // A test that times out or throws must not leave a server behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      output += `\n${error}`;
      resolve(null);
    });
    child.on('close', resolve);
  }).then((code) => {
    over = true;
    process.off('exit', endWithUs);
    tell();
    return code;
  });

  return {
    pid: child.pid ?? -1,
    output: () => output,
    ended,
    write: (text) => child.stdin?.write(text),
    signal: (signal) => child.kill(signal),
    waitFor(pattern, timeoutMs = 30_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish('said nothing of the kind in time'), timeoutMs);
        const look = () => {
          const match = pattern.exec(output);
          if (match) finish(match);
          else if (over) finish('ended');
        };
        const finish = (outcome: RegExpExecArray | string) => {
          clearTimeout(timer);
          changed.delete(look);
          if (typeof outcome !== 'string') resolve(outcome);
          else reject(new Error(`${name} ${outcome}, waiting for ${pattern}:\n${output}`));
        };
        changed.add(look);
        look();
      });
    },
    async stop() {
      if (over) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Runs a program to its end. @throws with its output when it fails */
export async function run(
  command: string,
  args: readonly string[],
  input = '',
  options: ChildOptions = {},
): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (bytes) => {
    output += bytes;
  });
  child.stderr.on('data', (bytes) => {
    output += bytes;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
