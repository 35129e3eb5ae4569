/** One terminal session: a shell on a shared connection, its output kept, its input taken from any attached page. */
import type { ClientChannel } from 'ssh2';
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import type { Standing } from '../standings.ts';
import { isPassing, type Lease } from './connection.ts';
import { OutputBuffer } from './output-buffer.ts';

export interface ShellSize {
  readonly columns: number;
  readonly rows: number;
}

/** What the shell is told of its terminal; a server takes what its AcceptEnv lists, as it does from ssh. */
export type ShellEnvironment = Readonly<Record<'LANG' | 'COLORTERM', string>>;

/** How a session gets its connection; `patient`: the machine is just coming up, so refusals are waited out. */
export type ConnectSession = (signal: AbortSignal, patient: boolean) => Promise<Lease>;

/** A machine that goes down ends its shells first and its connections soon after. */
const partingMs = 15_000;
/** How soon after that its cloud tells why; sooner where the connection still stands, for a person may have left. */
const reasonWithinMs = { connectionLost: 120_000, connectionUp: 3000 } as const;

/** Typed bytes a page may send ahead. */
const inputCreditBytes = 256 * 1024;

export class Session {
  private channel: ClientChannel | undefined;
  private lease: Lease | undefined;
  /** Typed bytes the shell has yet to take. */
  private readonly untaken = new Set<() => void>();
  private waiting = false;
  private endedAt = 0;
  /** Whether the connection went soon after the shell. */
  private wentDown = false;
  private opening = new AbortController();
  private size: ShellSize;
  private readonly output = new OutputBuffer((paused) => {
    if (paused) this.channel?.pause();
    else this.channel?.resume();
  });
  private status: Pick<Terminal, 'state' | 'exit' | 'failure'> = { state: 'connecting' };
  private readonly identity: Pick<Terminal, 'id' | 'instance' | 'title' | 'openedAt'>;
  private readonly environment: ShellEnvironment;
  private readonly connect: ConnectSession;
  private readonly onChange: (terminal: Terminal) => void;

  constructor(
    identity: Pick<Terminal, 'id' | 'instance' | 'title' | 'openedAt'>,
    size: ShellSize,
    environment: ShellEnvironment,
    connect: ConnectSession,
    onChange: (terminal: Terminal) => void,
  ) {
    this.identity = identity;
    this.size = size;
    this.environment = environment;
    this.connect = connect;
    this.onChange = onChange;
  }

  get terminal(): Terminal {
    return { ...this.identity, ...this.status };
  }

  /** Opens a shell; never throws: a failure is the session's state. */
  async open(patient = false): Promise<void> {
    const opening = new AbortController();
    this.opening = opening;
    this.wentDown = false;
    this.setStatus({ state: 'connecting' });
    let lease: Lease | undefined;
    try {
      lease = await this.connect(opening.signal, patient);
      const channel = await openShell(lease, this.size, this.environment);
      if (opening.signal.aborted) {
        channel.close();
        lease.release();
        return;
      }
      this.use(channel, lease);
    } catch (error) {
      lease?.release();
      const failure =
        error instanceof CloudError ? error : new CloudError('internal', String(error));
      if (!opening.signal.aborted) {
        this.setStatus({ state: 'failed', failure: failure.toFailure() });
      }
    }
  }

  attach(stream: ByteStream, from: number): number {
    stream.onBytes((bytes) => this.type(stream, bytes));
    stream.onClose(() => this.output.detach(stream));
    stream.grant(inputCreditBytes);
    return this.output.attach(stream, from);
  }

  resize(size: ShellSize): void {
    this.size = size;
    this.channel?.setWindow(size.rows, size.columns, 0, 0);
  }

  async reconnect(size: ShellSize): Promise<void> {
    if (this.waiting || this.status.state === 'open' || this.status.state === 'connecting') return;
    this.size = size;
    await this.open();
  }

  /** The instance came to another standing: the shell waits for it, comes back, or is closed with a word. */
  follow(standing: Standing): void {
    if (standing.kind === 'enterable') {
      if (!this.waiting) return;
      this.waiting = false;
      void this.open(true);
      return;
    }
    if (!this.waiting && !this.lives()) return;
    this.waiting = standing.kind === 'waits';
    this.leave();
    const state = this.waiting ? 'failed' : 'closed';
    this.setStatus({ state, failure: standing.failure.toFailure() });
  }

  close(): void {
    this.leave();
    this.output.closeAll();
  }

  /** Whether the shell is there, or was until the machine went away: one that ended by itself stays ended. */
  private lives(): boolean {
    const { state, exit, failure } = this.status;
    if (state === 'failed') return failure !== undefined && isPassing(CloudError.from(failure));
    if (state !== 'closed' || exit?.status === undefined) return true;
    if (exit.status === 0) return false;
    const within = reasonWithinMs[this.wentDown ? 'connectionLost' : 'connectionUp'];
    return Date.now() - this.endedAt < within;
  }

  /** Lets go of shell and connection without a word. */
  private leave(): void {
    this.opening.abort();
    const { channel, lease } = this;
    this.channel = undefined;
    this.lease = undefined;
    channel?.close();
    lease?.release();
    this.takeAll();
  }

  private use(channel: ClientChannel, lease: Lease): void {
    this.channel = channel;
    this.lease = lease;
    let exit: Terminal['exit'];
    let lost: CloudError | undefined;
    lease.onLost((failure) => {
      lost = failure;
      if (!this.channel) this.wentDown = true;
    });
    channel.on('data', (bytes: Buffer) => this.output.push(bytes));
    channel.stderr.on('data', (bytes: Buffer) => this.output.push(bytes));
    channel.on('error', () => {});
    channel.on('exit', (status: number | null, signal?: string) => {
      exit = { ...(status !== null && { status }), ...(signal && { signal: String(signal) }) };
    });
    // The page may still be behind with what the shell before it said.
    if (this.output.isPaused) channel.pause();
    channel.on('close', () => {
      if (this.channel !== channel) return;
      this.takeAll();
      this.channel = undefined;
      this.endedAt = Date.now();
      setTimeout(() => lease.release(), partingMs).unref();
      // The connection's end reaches its channels before its leases.
      setImmediate(() => {
        if (this.status.state !== 'open') return;
        if (lost && !exit) this.setStatus({ state: 'failed', failure: lost.toFailure() });
        else this.setStatus({ state: 'closed', ...(exit && { exit }) });
      });
    });
    this.setStatus({ state: 'open' });
  }

  private type(stream: ByteStream, bytes: Uint8Array): void {
    const taken = () => {
      if (this.untaken.delete(taken)) stream.grant(bytes.length);
    };
    this.untaken.add(taken);
    if (!this.channel) taken();
    else this.channel.write(bytes, taken);
  }

  /** What a shell did not take before it ended is not held against the page's next one. */
  private takeAll(): void {
    for (const taken of [...this.untaken]) taken();
  }

  private setStatus(status: Pick<Terminal, 'state' | 'exit' | 'failure'>): void {
    this.status = status;
    this.onChange(this.terminal);
  }
}

function openShell(
  { client }: Lease,
  { columns, rows }: ShellSize,
  env: ShellEnvironment,
): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const window = { term: 'xterm-256color', cols: columns, rows, width: 0, height: 0 };
    try {
      client.shell(window, { env }, (error, channel) => {
        if (!error) resolve(channel);
        else {
          const detail = error.message.slice(0, 200);
          reject(refusal('quota', 'ssh-channel-refused', { detail }));
        }
      });
    } catch {
      reject(refusal('network', 'ssh-connection-closed'));
    }
  });
}
