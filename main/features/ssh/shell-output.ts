/** A shell's output, and how its far end is made to wait while as little as can be is on its way. */
import type { ClientChannel } from 'ssh2';

export interface ShellOutput {
  /** Whether the far end is to wait: it sends what it was allowed already, and that is taken later. */
  hold(on: boolean): void;
}

/**
 * ssh2 allows the far end 2 MiB, and as much anew at each half of them, unless the channel's own queue is full, which
 * takes 2 MiB more. All of that lies between a keystroke and its echo, so nothing is left in that queue: a channel
 * that is to wait is read on to the next half, and its queue then plugged with bytes that nobody sees. Only the other
 * half still comes, behind them, and bridges the way there and back once more is wanted.
 */
export function createShellOutput(
  channel: ClientChannel,
  take: (bytes: Buffer) => void,
): ShellOutput {
  const plugBytes = channel.readableHighWaterMark;
  /** Made once it is needed: most shells are never behind. */
  let filling: Buffer | undefined;
  let mustWait = false;
  let isPlugged = false;
  /** Of what the far end was allowed last. */
  let takenBytes = 0;

  const plug = () => {
    isPlugged = true;
    channel.pause();
    filling ??= Buffer.alloc(plugBytes);
    channel.unshift(filling);
  };
  const unplug = () => {
    // What came behind the plug was allowed before: it is not counted.
    takenBytes = plugBytes - channel.readableLength;
    channel.read(plugBytes);
    isPlugged = false;
    channel.resume();
  };
  channel.on('data', (bytes: Buffer) => {
    // The plug itself: paused, the channel gives nothing else.
    if (isPlugged) return;
    take(bytes);
    takenBytes += bytes.length;
    if (takenBytes < plugBytes / 2) return;
    takenBytes = 0;
    if (mustWait) plug();
  });
  channel.stderr.on('data', take);

  return {
    hold(on) {
      mustWait = on;
      if (isPlugged && !on) unplug();
      channel.stderr[on ? 'pause' : 'resume']();
    },
  };
}
