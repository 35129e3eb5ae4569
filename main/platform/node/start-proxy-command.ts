/** A proxy command as a stream: the program's standard input and output are the line, and both end together. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { ProxyCommandEnd } from '../platform.ts';

/** What is kept of a program's complaints. */
const maxSaidLength = 2000;
/** How long a program may take to end when it is asked to. */
const patienceMs = 3000;

export function startProxyCommand(file: string, args: readonly string[]): Duplex {
  // A group of its own, so that what it started ends with it.
  const detached = process.platform !== 'win32';
  const child = spawn(file, [...args], { stdio: 'pipe', windowsHide: true, detached });
  return new ProxyCommandLine(child);
}

class ProxyCommandLine extends Duplex {
  private readonly child: ChildProcessWithoutNullStreams;
  private said = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    // The other side's end is the end of it, as with a socket.
    super({ allowHalfOpen: false });
    this.child = child;
    child.stdout.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) child.stdout.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-maxSaidLength);
    });
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
    child.once('error', (error: NodeJS.ErrnoException) => this.endWith({ code: error.code }));
    child.once('close', (status) => this.endWith({ exitStatus: status ?? undefined }));
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    // One that has ended says so by its end, not by a broken pipe.
    this.child.stdin.write(bytes, () => done());
  }

  override _final(done: () => void): void {
    this.child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.signal('SIGTERM');
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const insisting = setTimeout(() => this.signal('SIGKILL'), patienceMs).unref();
      child.once('exit', () => clearTimeout(insisting));
    }
    done(error);
  }

  private endWith(end: { code?: string | undefined; exitStatus?: number | undefined }): void {
    const error: ProxyCommandEnd = Object.assign(new Error('the proxy command ended'), {
      said: this.said.trim(),
      ...(end.code !== undefined && { code: end.code }),
      ...(end.exitStatus !== undefined && { exitStatus: end.exitStatus }),
    });
    this.destroy(error);
  }

  private signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, name);
      else if (exitCode === null && signalCode === null) this.child.kill();
    } catch {
      // All of it has ended already.
    }
  }
}
