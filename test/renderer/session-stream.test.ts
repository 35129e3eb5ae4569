/** A page's end of a session: it counts every byte, grants only what was drawn, and loses no input. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import { decodeStreamFrame } from '../../preload/contract/wire.ts';
import {
  type OpenSessionStream,
  outputWindowBytes,
  SessionStream,
} from '../../renderer/terminal/session-stream.ts';

type Opened = Awaited<ReturnType<OpenSessionStream>['opened']>;

/** The core's end of one attached stream. */
interface Attached {
  readonly from: number;
  readonly stream: ByteStream;
  readonly granted: number[];
  readonly typed: number[];
  answer(start: number, end?: number, screen?: string): Promise<void>;
  refuse(error: CloudError): Promise<void>;
}

let attached: Attached[];
let drawing: { bytes: Uint8Array; isHistory: boolean; drawn: () => void }[];
let restored: string[];
let restarts: number;
let failures: CloudError[];
let session: SessionStream;

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

function start(from: 0 | -1): void {
  attached = [];
  drawing = [];
  restored = [];
  restarts = 0;
  failures = [];
  session = new SessionStream(
    (asked) => {
      const granted: number[] = [];
      const typed: number[] = [];
      const stream = new ByteStream(
        attached.length + 1,
        (encoded) => {
          const frame = decodeStreamFrame(encoded);
          if (frame.credit > 0) granted.push(frame.credit);
          for (const byte of frame.bytes) typed.push(byte);
        },
        () => {},
      );
      const { promise, resolve, reject } = withResolvers<Opened>();
      attached.push({
        from: asked,
        stream,
        granted,
        typed,
        answer: async (at, end = at, screen) => {
          resolve({ start: at, end, ...(screen !== undefined && { screen }) });
          await settled();
        },
        refuse: async (error) => {
          reject(error);
          await settled();
        },
      });
      return { stream, opened: promise };
    },
    {
      write: (bytes, isHistory, drawn) => drawing.push({ bytes, isHistory, drawn }),
      restore: (screen) => restored.push(screen),
      restart: () => {
        restarts += 1;
      },
      failed: (failure) => failures.push(failure),
    },
    from,
  );
  session.follow('open');
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function last(): Attached {
  const end = attached.at(-1);
  if (!end) throw new Error('nothing attached');
  return end;
}

const bytes = (length: number) => new Uint8Array(length).fill(65);

beforeEach(() => start(-1));

describe('output', () => {
  it('is granted only once the core has answered where it starts', async () => {
    session.attach();
    expect(last().granted).toEqual([]);
    await last().answer(0);
    expect(last().granted).toEqual([outputWindowBytes]);
  });

  it('is granted back only after it was drawn', async () => {
    session.attach();
    await last().answer(0);
    const half = outputWindowBytes / 2;
    last().stream.receive(0, bytes(half));
    expect(last().granted).toEqual([outputWindowBytes]);
    drawing[0]?.drawn();
    expect(last().granted).toEqual([outputWindowBytes, half]);
  });

  it('never stops for want of credit, however small its pieces', async () => {
    session.attach();
    await last().answer(0);
    const pieceBytes = 1000;
    const total = 5 * 1024 * 1024;
    for (let sent = 0; sent < total; sent += pieceBytes) {
      last().stream.receive(0, bytes(pieceBytes));
      drawing.pop()?.drawn();
    }
    expect(session.offset).toBeGreaterThanOrEqual(total);
  });

  it('is taken up at the exact byte after the channel was lost', async () => {
    session.attach();
    await last().answer(1000);
    last().stream.receive(0, bytes(234));
    last().stream.close({ code: 'network', message: 'lost', retryable: true });
    expect(session.attached).toBe(false);
    session.attach();
    expect(last().from).toBe(1234);
    await last().answer(1234);
    expect(restarts).toBe(0);
    last().stream.receive(0, bytes(1));
    expect(session.offset).toBe(1235);
  });

  it('starts afresh where bytes in between are no longer kept', async () => {
    session.attach();
    await last().answer(0);
    last().stream.receive(0, bytes(10));
    last().stream.close();
    session.attach();
    await last().answer(5000);
    expect(restarts).toBe(1);
    expect(session.offset).toBe(5000);
  });

  it('of a stream that was left is neither counted nor drawn', async () => {
    session.attach();
    await last().answer(0);
    const old = last();
    session.detach();
    session.attach();
    old.stream.receive(0, bytes(7));
    expect(drawing).toEqual([]);
    expect(session.offset).toBe(0);
  });

  it('is asked from its first byte for a session just opened', () => {
    start(0);
    session.attach();
    expect(last().from).toBe(0);
  });
});

describe('input', () => {
  it('waits for credit, and a megabyte arrives whole and in order', async () => {
    session.attach();
    await last().answer(0);
    const paste = Uint8Array.from({ length: 1024 * 1024 }, (_, at) => at % 251);
    session.send(paste.subarray(0, 700_000));
    session.send(paste.subarray(700_000));
    expect(last().typed).toHaveLength(0);
    while (last().typed.length < paste.length) last().stream.receive(10_007, bytes(0));
    expect(Uint8Array.from(last().typed)).toEqual(paste);
  });

  it('that was not sent when the channel was lost goes out on the next one', async () => {
    session.attach();
    await last().answer(0);
    last().stream.receive(2, bytes(0));
    session.send(Uint8Array.of(1, 2, 3, 4));
    expect(last().typed).toEqual([1, 2]);
    last().stream.close();
    session.attach();
    await last().answer(0);
    last().stream.receive(100, bytes(0));
    expect(last().typed).toEqual([3, 4]);
  });

  it('waits for the shell, however much credit there is', async () => {
    session.follow('connecting');
    session.attach();
    await last().answer(0);
    last().stream.receive(100, bytes(0));
    session.send(Uint8Array.of(1, 2));
    expect(last().typed).toEqual([]);
    session.follow('open');
    expect(last().typed).toEqual([1, 2]);
  });

  it('for a shell that is gone is forgotten', async () => {
    session.attach();
    await last().answer(0);
    session.send(Uint8Array.of(1, 2));
    session.follow('failed');
    last().stream.receive(100, bytes(0));
    session.send(Uint8Array.of(3, 4));
    session.follow('connecting');
    session.send(Uint8Array.of(5));
    session.follow('open');
    expect(last().typed).toEqual([5]);
  });
});

describe('a stream that cannot be opened', () => {
  it('is said, unless only the channel was lost', async () => {
    session.attach();
    await last().refuse(new CloudError('network', 'lost'));
    expect(failures).toEqual([]);
    session.attach();
    await last().refuse(new CloudError('internal', 'broken'));
    expect(failures.map(({ code }) => code)).toEqual(['internal']);
    expect(session.attached).toBe(false);
  });
});

describe('history', () => {
  const bytes = (count: number) => new Uint8Array(count);

  it('ends at the exact byte, in the middle of a chunk too', async () => {
    start(-1);
    session.attach();
    await attached[0]?.answer(100, 105);
    attached[0]?.stream.receive(0, bytes(8));
    expect(drawing.map(({ bytes: { length }, isHistory }) => [length, isHistory])).toEqual([
      [5, true],
      [3, false],
    ]);
    expect(session.offset).toBe(108);
  });

  it('is none for a session this page has opened: its programs still wait for their answers', async () => {
    start(0);
    session.attach();
    await attached[0]?.answer(0, 50);
    attached[0]?.stream.receive(0, bytes(50));
    expect(drawing.map(({ isHistory }) => isHistory)).toEqual([false]);
  });

  it('begins with the screen of before the restart', async () => {
    start(-1);
    session.attach();
    await attached[0]?.answer(0, 0, 'epoch 7');
    expect(restored).toEqual(['epoch 7']);
  });
});
