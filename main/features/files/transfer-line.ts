/** The channels a transfer moves its files over: taken when needed, and again when the line broke. */
import { CloudError } from '../../../preload/contract/errors.ts';
import { pause } from '../../core/pause.ts';
import { backoffMs } from '../ssh/backoff.ts';
import { isPassing } from '../ssh/lease.ts';
import type { Line, Lines } from './lines.ts';
import type { Sftp } from './sftp.ts';
import { toCloudError } from './sftp-failure.ts';
import type { Transfer } from './transfer.ts';

/** A line that comes back and breaks again this often without a byte having moved is not a passing trouble. */
const mostBreaks = 8;

/** No SFTP, or no instance: nobody can help. */
const isFinal = ({ code }: CloudError): boolean => code === 'unsupported' || code === 'not-found';

export class TransferLine {
  /** How many channels are worth having; told once it is known what is to be moved. */
  wanted = 1;
  private held: readonly Line[] = [];
  private opening: Promise<readonly Sftp[]> | undefined;
  private breaks = 0;
  private movedAtBreak = -1;
  /** A person started it, or said go on: then they can be asked. */
  private interactive = true;
  private readonly lines: Lines;
  private readonly transfer: Transfer;

  constructor(lines: Lines, transfer: Transfer) {
    this.lines = lines;
    this.transfer = transfer;
  }

  /**
   * Does the work, and does it again over a new line when the line breaks in between.
   * @throws CloudError when the work itself fails, or the transfer ends
   */
  async doing<Value>(work: (sftps: readonly Sftp[]) => Promise<Value>): Promise<Value> {
    for (;;) {
      await this.transfer.whenMoving();
      const sftps = await this.channels();
      try {
        return await work(sftps);
      } catch (error) {
        const failure = toCloudError(error);
        if (this.transfer.signal.aborted || !isPassing(failure)) throw failure;
        this.noteBreak(failure);
      }
    }
  }

  /** Channels that are open now. @throws CloudError cancelled, when the transfer ends first */
  async channels(): Promise<readonly Sftp[]> {
    const good = this.held.map(({ sftp }) => sftp).filter(({ channel }) => !channel.isClosed);
    if (good.length > 0) return good;
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  /** More or fewer channels from now on. */
  async want(count: number): Promise<void> {
    this.wanted = count;
    if (count > this.held.length) {
      const former = this.held;
      this.held = [];
      try {
        await this.channels();
      } finally {
        for (const line of former) line.release();
      }
    }
  }

  noteBreak(failure: CloudError): void {
    const moved = this.transfer.bytesDone + this.transfer.itemsDone;
    this.breaks = moved === this.movedAtBreak ? this.breaks + 1 : 0;
    this.movedAtBreak = moved;
    if (this.breaks < mostBreaks) return;
    this.breaks = 0;
    this.transfer.holdFor(failure);
  }

  release(): void {
    for (const line of this.held) line.release();
    this.held = [];
  }

  private async open(): Promise<readonly Sftp[]> {
    const { transfer } = this;
    const { instance } = transfer.identity;
    this.release();
    for (let attempt = 0; ; attempt += 1) {
      await transfer.whenMoving();
      try {
        const request = { interactive: this.interactive, signal: transfer.signal };
        this.held = await this.lines.take(instance, this.wanted, request);
        // Ended meanwhile: nobody else gives them back.
        if (transfer.isEnded) {
          this.release();
          throw new CloudError('cancelled', 'cancelled');
        }
        transfer.set('waiting', false);
        this.interactive = false;
        return this.held.map(({ sftp }) => sftp);
      } catch (error) {
        const failure = toCloudError(error);
        if (transfer.signal.aborted || isFinal(failure)) throw failure;
        if (isPassing(failure)) await this.outlast(attempt);
        else this.askAPerson(failure);
      }
    }
  }

  /** The pool's own policy says when it is tried again; it never tries where only a person can help. */
  private async outlast(attempt: number): Promise<void> {
    const { transfer } = this;
    transfer.set('waiting', true);
    try {
      await this.lines.whenReachable(transfer.identity.instance, transfer.signal);
      // Reachable, and yet no channel came of it: not at once again.
      if (attempt > 0) await pause(backoffMs(attempt, Math.random()), transfer.signal);
    } catch (error) {
      const failure = toCloudError(error);
      if (transfer.signal.aborted || isFinal(failure)) throw failure;
      this.askAPerson(failure);
    }
  }

  private askAPerson(failure: CloudError): void {
    this.transfer.set('waiting', false);
    this.interactive = true;
    this.transfer.holdFor(failure);
  }
}
