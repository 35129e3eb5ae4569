/** One terminal session: a shell on a shared connection, its output kept, its input taken from any attached page. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError, type TextRef } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import type { Standing } from '../standings.ts';
import type { Lease } from './lease.ts';
import {
  type OpenedShell,
  openShell,
  type ShellEnvironment,
  type ShellSize,
  type WishedShell,
} from './open-shell.ts';
import { OutputBuffer } from './output-buffer.ts';
import { createRecording, type Recording } from './recording.ts';
import { livesOrWentDown, partingMs } from './shell-end.ts';
import { createShellOutput, type ShellOutput } from './shell-output.ts';
import { createTypedInput } from './typed-input.ts';
import type { Manner, WayIn } from './way-in.ts';

export interface SessionParts {
  readonly id: string;
  readonly instance: string;
  readonly openedAt: string;
  readonly wished: WishedShell;
  readonly environment: ShellEnvironment;
  readonly wayIn: WayIn;
  readonly logDirectory: string;
  readonly now: () => number;
  /** Whether its programs may use the agent of this machine; asked at every shell. */
  readonly forwardsAgent: () => boolean;
  /** From before a restart; with what stood on its screen then, if that was kept. */
  readonly reopened?: { readonly screen: string | undefined };
  readonly onChange: (terminal: Terminal) => void;
}

/**
 * Stands between one shell's output and the next one's: undone is what a program may have left behind, the other
 * screen, mouse and paste reports, a hidden cursor, other keys; then a new line. The cursor is saved first, because
 * leaving the other screen brings back the saved one, also where there was no other screen to leave.
 */
const newShell = Buffer.from(
  '\u001b7\u001b[?1049;1000;1002;1003;1006;2004;1l\u001b[?25h\u001b[!p\r\n',
);

type Status = Pick<Terminal, 'state' | 'exit' | 'failure'>;

export class Session {
  private shell: OpenedShell | undefined;
  private shellOutput: ShellOutput | undefined;
  private lease: Lease | undefined;
  private readonly input = createTypedInput();
  private waiting = false;
  private over = false;
  private endedAt = 0;
  /** Whether the connection went soon after the shell. */
  private wentDown = false;
  private opening = new AbortController();
  private size: ShellSize;
  private readonly output = new OutputBuffer(() => this.regulate());
  private readonly recording: Recording;
  private status: Status = { state: 'connecting' };
  private entered: Omit<OpenedShell, 'channel'>;
  private reopened: SessionParts['reopened'];
  /** The screen of before the restart stands above all output. */
  private readonly screen: string | undefined;
  private name: string;
  private ownTitle: string;
  private readonly parts: SessionParts;

  /** @param title what the operator called it; empty: `name`, its instance's */
  constructor(parts: SessionParts, size: ShellSize, name: string, title = '') {
    this.parts = parts;
    this.size = size;
    this.name = name;
    this.ownTitle = title;
    this.entered = { shell: parts.wished.shell };
    this.reopened = parts.reopened;
    this.screen = parts.reopened?.screen;
    if (parts.reopened) this.status = { state: 'closed' };
    this.recording = createRecording(parts, {
      changed: () => this.tell(),
      pauseSource: () => this.regulate(),
      stopped: (note) => this.remark(note),
    });
  }

  get terminal(): Terminal {
    const { id, instance, openedAt } = this.parts;
    const { log } = this.recording;
    return {
      id,
      instance,
      title: this.ownTitle || this.name,
      ...this.entered,
      ...(log && { log }),
      ...(this.reopened && { reopened: true }),
      ...this.status,
      openedAt,
    };
  }

  /** As it is to be there again after a restart; undefined when there is nothing to go on with. */
  get saved() {
    if (this.over || this.status.exit) return undefined;
    const { id, instance, wished } = this.parts;
    return { id, instance, name: this.name, title: this.ownTitle, ...wished };
  }

  /** Opens a shell; never throws: a failure is the session's state. @param reason why there is none any more */
  async open(manner: Manner = 'once', reason?: CloudError): Promise<void> {
    const opening = new AbortController();
    const { signal } = opening;
    this.opening = opening;
    this.wentDown = false;
    this.reopened = undefined;
    const connecting = (failure: CloudError | undefined) =>
      this.setStatus({ state: 'connecting', ...(failure && { failure: failure.toFailure() }) });
    connecting(reason);
    const { id, wished, environment, wayIn, forwardsAgent } = this.parts;
    try {
      const { shell, lease } = await wayIn.enter({
        manner,
        signal,
        open: (client) =>
          openShell(client, {
            terminalId: id,
            ...wished,
            size: this.size,
            environment,
            forwardAgent: forwardsAgent(),
            signal,
          }),
        onFailure: (failure) => {
          if (!signal.aborted && manner === 'line-lost') connecting(failure);
        },
      });
      if (signal.aborted) {
        shell.channel.close();
        lease.release();
        return;
      }
      this.use(shell, lease);
    } catch (error) {
      const failure =
        error instanceof CloudError ? error : new CloudError('internal', String(error));
      if (!signal.aborted) this.setStatus({ state: 'failed', failure: failure.toFailure() });
    }
  }

  /** @param from -1 = all that is kept, below the screen of before the restart */
  attach(stream: ByteStream, from: number): { start: number; end: number; screen?: string } {
    stream.onBytes((bytes) => this.input.type(stream, bytes, this.shell?.channel));
    stream.onClose(() => this.output.detach(stream));
    this.input.invite(stream);
    const start = this.output.attach(stream, from);
    const screen = from < 0 && start === 0 ? this.screen : undefined;
    return { start, end: this.output.length, ...(screen !== undefined && { screen }) };
  }

  resize(size: ShellSize): void {
    this.size = size;
    this.shell?.channel.setWindow(size.rows, size.columns, 0, 0);
  }

  async reconnect(size: ShellSize): Promise<void> {
    if (this.waiting || this.over || this.status.state === 'open') return;
    this.size = size;
    if (this.status.state === 'connecting') this.parts.wayIn.hurry();
    else await this.open();
  }

  rename(title: string): void {
    this.ownTitle = title;
    this.tell();
  }

  /** The instance's name is known, or changed. */
  nameInstance(name: string): void {
    this.name = name;
    this.tell();
  }

  /** @throws CloudError when the file cannot be made */
  record(on: boolean): void {
    if (on) this.recording.start(this.terminal.title);
    else void this.recording.stop();
    this.tell();
  }

  /** The instance came to another standing: the shell waits for it, comes back, or is closed with a word. */
  follow(standing: Standing): void {
    if (standing.kind === 'enterable') {
      if (!this.waiting) return;
      this.waiting = false;
      void this.open('coming-up');
      return;
    }
    if (!this.waiting && !this.lives()) return;
    if (standing.kind === 'over') this.end(standing.failure);
    else {
      this.waiting = true;
      this.leave();
      this.setStatus({ state: 'failed', failure: standing.failure.toFailure() });
    }
  }

  /** The instance is no longer among the operator's: there is nothing to come back to. */
  end(failure: CloudError): void {
    if (this.over) return;
    this.waiting = false;
    this.over = true;
    this.leave();
    this.setStatus({ state: 'closed', failure: failure.toFailure() });
  }

  async close(): Promise<void> {
    this.leave();
    this.output.closeAll();
    await this.recording.stop();
  }

  private lives(): boolean {
    if (this.reopened) return false;
    const connection = this.wentDown ? 'connectionLost' : 'connectionUp';
    return livesOrWentDown(this.status, Date.now() - this.endedAt, connection);
  }

  /** Lets go of shell and connection without a word. */
  private leave(): void {
    this.opening.abort();
    const { shell, lease } = this;
    this.shell = undefined;
    this.lease = undefined;
    shell?.channel.close();
    lease?.release();
    this.input.takeAll();
  }

  private use(shell: OpenedShell, lease: Lease): void {
    const { channel, ...entered } = shell;
    this.shell = shell;
    this.lease = lease;
    this.entered = entered;
    let exit: Terminal['exit'];
    let lost: CloudError | undefined;
    lease.onLost((failure) => {
      lost = failure;
      if (!this.shell) this.wentDown = true;
    });
    if (this.output.length > 0 || this.screen !== undefined) this.output.push(newShell);
    this.shellOutput = createShellOutput(channel, (bytes) => this.take(bytes));
    channel.on('error', () => {});
    channel.on('exit', (status: number | null, signal?: string) => {
      exit = { ...(status !== null && { status }), ...(signal && { signal: String(signal) }) };
    });
    // The page may still be behind with what the shell before it said.
    this.regulate();
    channel.on('close', () => {
      if (this.shell !== shell) return;
      this.input.takeAll();
      this.shell = undefined;
      this.endedAt = Date.now();
      setTimeout(() => lease.release(), partingMs).unref();
      // The connection's end reaches its channels before its leases.
      setImmediate(() => {
        if (this.status.state !== 'open' || this.opening.signal.aborted) return;
        if (!lost || exit) this.setStatus({ state: 'closed', ...(exit && { exit }) });
        else if (entered.shell !== 'plain') void this.open('line-lost', lost);
        else this.setStatus({ state: 'failed', failure: lost.toFailure() });
      });
    });
    this.setStatus({ state: 'open' });
  }

  private take(bytes: Buffer): void {
    this.output.push(bytes);
    this.recording.write(bytes);
  }

  /** The far end waits while a page or the disk is behind. */
  private regulate(): void {
    this.shellOutput?.hold(this.output.isPaused || this.recording.isBehind);
  }

  private remark(note: TextRef): void {
    this.entered = { ...this.entered, note };
    this.tell();
  }

  private setStatus(status: Status): void {
    this.status = status;
    this.tell();
  }

  private tell(): void {
    this.parts.onChange(this.terminal);
  }
}
