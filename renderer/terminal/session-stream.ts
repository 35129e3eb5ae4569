/** One page's end of a session's byte stream: counts what came, grants what was drawn, and takes up again exactly there. */
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { createInputQueue } from './input-queue.ts';

/** Output that may be on its way or waiting to be drawn. xterm gets slow above about 500 kB pending. */
export const outputWindowBytes = 512 * 1024;

/** Opens the session's stream from a byte on; -1 is all that is kept. */
export type OpenSessionStream = (from: number) => {
  readonly stream: ByteStream;
  readonly opened: Promise<{
    readonly start: number;
    readonly end: number;
    readonly screen?: string;
  }>;
};

export interface SessionOutput {
  /** Draws bytes, in order; `drawn` is called once they are. History asks nothing of the terminal any more. */
  write(bytes: Uint8Array, isHistory: boolean, drawn: () => void): void;
  /** Draws what stood on the screen before a restart, above everything else. */
  restore(screen: string): void;
  /** What follows does not join what was drawn before: older bytes are no longer kept. */
  restart(): void;
  /** The stream could not be opened, for a reason other than a lost channel. */
  failed(failure: CloudError): void;
}

export class SessionStream {
  /** Where the next byte of output stands, counted from the session's first; -1 before anything is known. */
  private next: number;
  /** What comes up to here happened earlier. */
  private historyEnd = 0;
  private stream: ByteStream | undefined;
  private readonly input = createInputQueue();
  private state: Terminal['state'] = 'connecting';
  private readonly open: OpenSessionStream;
  private readonly output: SessionOutput;

  /** @param from 0 for a session just opened; -1 for one that has been running, of which all that is kept is wanted */
  constructor(open: OpenSessionStream, output: SessionOutput, from: 0 | -1) {
    this.open = open;
    this.output = output;
    this.next = from;
  }

  get attached(): boolean {
    return this.stream !== undefined;
  }

  /** Bytes of output received, counted from the session's first. */
  get offset(): number {
    return this.next;
  }

  /** Joins the session where the last stream ended. Does nothing while a stream is there. */
  attach(): void {
    if (this.stream) return;
    const asked = this.next;
    const { stream, opened } = this.open(asked);
    this.stream = stream;
    stream.onBytes((bytes) => {
      if (this.stream !== stream) return;
      const past = Math.max(0, Math.min(bytes.length, this.historyEnd - this.next));
      for (const [piece, isHistory] of [
        [bytes.subarray(0, past), true],
        [bytes.subarray(past), false],
      ] as const) {
        if (piece.length === 0) continue;
        this.next += piece.length;
        this.output.write(piece, isHistory, () => stream.grant(piece.length));
      }
    });
    stream.onCredit(() => this.drainInput());
    stream.onClose(() => {
      if (this.stream === stream) this.stream = undefined;
    });
    opened.then(
      ({ start, end, screen }) => {
        if (this.stream !== stream) return;
        if (asked >= 0 && start !== asked) this.output.restart();
        if (screen !== undefined) this.output.restore(screen);
        this.next = start;
        // A program that asked before its own page was there still waits for the answer.
        this.historyEnd = asked === 0 ? start : end;
        stream.grant(outputWindowBytes);
      },
      (error: unknown) => {
        if (this.stream === stream) this.stream = undefined;
        if (error instanceof CloudError && error.code !== 'network') this.output.failed(error);
      },
    );
  }

  /** Input waits for a shell that is coming; what was typed where there is none any more is for no other. */
  follow(state: Terminal['state']): void {
    this.state = state;
    if (this.isOver) this.input.clear();
    this.drainInput();
  }

  /** Sends typed bytes, now or as soon as there is a shell and credit. */
  send(bytes: Uint8Array): void {
    if (this.isOver) return;
    this.input.put(bytes);
    this.drainInput();
  }

  detach(): void {
    const stream = this.stream;
    this.stream = undefined;
    stream?.end();
  }

  private get isOver(): boolean {
    return this.state === 'closed' || this.state === 'failed';
  }

  private drainInput(): void {
    const stream = this.stream;
    if (stream && this.state === 'open') this.input.drain((bytes) => stream.send(bytes));
  }
}
