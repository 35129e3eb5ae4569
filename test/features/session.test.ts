/** A session from one shell to the next: what the last one left open must not weigh on its successor. */
import { Duplex, Readable } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { expect, test } from 'vitest';
import type { Lease } from '../../main/features/ssh/lease.ts';
import { Session } from '../../main/features/ssh/session.ts';
import type { WayIn } from '../../main/features/ssh/way-in.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { decodeStreamFrame } from '../../preload/contract/wire.ts';

const windowBytes = 2 * 1024 * 1024;

/** A shell that takes nothing of what is typed. */
class FakeShell extends Duplex {
  readonly stderr = new Readable({ read() {} });
  typed = 0;
  constructor() {
    super({ readableHighWaterMark: windowBytes });
  }
  override _read(): void {}
  override _write(bytes: Buffer): void {
    this.typed += bytes.length;
  }
  close(): void {
    this.emit('close');
  }
}

const size = { columns: 80, rows: 24 };
const nothing = new Uint8Array(0);

async function open(kind: Terminal['shell'] = 'plain') {
  let lose: (failure: CloudError) => void = () => {};
  const shells: FakeShell[] = [];
  const client = {
    shell(_window: unknown, _options: unknown, take: (error: undefined, shell: unknown) => void) {
      const shell = new FakeShell();
      shells.push(shell);
      take(undefined, shell as unknown as ClientChannel);
    },
  };
  const lease = {
    client,
    onLost: (handler: typeof lose) => {
      lose = handler;
    },
    release: () => {},
  } as unknown as Lease;
  const wayIn: WayIn = {
    enter: async ({ open: openShell }) => ({
      shell: { ...(await openShell(lease.client)), shell: kind },
      lease,
    }),
    hurry() {},
  };
  const session = new Session(
    {
      id: 's',
      instance: 'a/b',
      openedAt: '',
      wished: { shell: 'plain' },
      environment: { LANG: 'C.UTF-8', COLORTERM: 'truecolor' },
      wayIn,
      logDirectory: '',
      now: () => 0,
      forwardsAgent: () => false,
      onChange: () => {},
    },
    size,
    'b',
  );
  let credit = 0;
  const page = new ByteStream(
    1,
    (frame) => {
      credit += decodeStreamFrame(frame).credit;
    },
    () => {},
  );
  await session.open();
  session.attach(page, -1);
  const again = async () => {
    shells.at(-1)?.close();
    await new Promise((resolve) => setImmediate(resolve));
    await session.reconnect(size);
    return shells.at(-1);
  };
  const breakLine = () => {
    lose(new CloudError('network', 'lost'));
    shells.at(-1)?.close();
  };
  return { session, shells, page, again, breakLine, credit: () => credit };
}

test('what a shell did not take before it ended may be typed again', async () => {
  const { page, shells, again, credit } = await open();
  const all = credit();
  const typed = new Uint8Array(all);
  page.receive(0, typed);
  expect([shells[0]?.typed, credit()]).toEqual([all, all]);
  const next = await again();
  expect(credit()).toBe(2 * all);
  page.receive(0, typed);
  expect(next?.typed).toBe(all);
});

test('a page that is behind holds the next shell back too, until it takes what there is', async () => {
  const { page, shells, again } = await open();
  const isHeld = (shell: FakeShell | undefined) => [shell?.isPaused(), shell?.stderr.isPaused()];
  // What was allowed at first is taken to its half, which is when ssh2 would allow more.
  const half = Buffer.alloc(windowBytes / 2);
  shells[0]?.emit('data', half);
  expect(isHeld(shells[0])).toEqual([true, true]);
  const next = await again();
  next?.emit('data', half);
  expect(isHeld(next)).toEqual([true, true]);
  page.receive(10 * 1024 * 1024, nothing);
  expect(isHeld(next)).toEqual([false, false]);
});

test('a terminal that is closed while its line breaks does not come back', async () => {
  const { session, shells, breakLine } = await open('tmux');
  breakLine();
  await session.close();
  await new Promise((resolve) => setTimeout(resolve));
  expect(shells).toHaveLength(1);
});
