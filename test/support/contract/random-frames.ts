/** Frames nobody should send, the same ones at every run: noise, near misses, and proper ones at the wrong time. */
import { encodeStreamFrame, type Frame } from '../../../preload/contract/wire.ts';

/** Mulberry32: small, fast, and the same everywhere. @returns numbers from 0 up to but not including 1 */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createFrameMaker(random: () => number, names: readonly string[]): () => Frame {
  const upTo = (limit: number) => Math.floor(random() * limit);
  const oneOf = <Item>(items: readonly Item[]): Item => items[upTo(items.length)] as Item;
  const bytes = (length: number) => Uint8Array.from({ length }, () => upTo(256));
  const id = () => oneOf([upTo(50), upTo(50), 0, -1, 0.5, 2 ** 32, 2 ** 53, Number.NaN]);
  const streamId = () => oneOf([upTo(50), upTo(0xffff_ffff)]);

  const value = (depth = 0): unknown =>
    oneOf<() => unknown>([
      () => null,
      () => upTo(1e9),
      () => random() < 0.5,
      () => String.fromCharCode(...bytes(upTo(40))),
      () => 'x'.repeat(upTo(3000)),
      () => '\u202e\u0000\ud800<script>',
      () => (depth < 4 ? Array.from({ length: upTo(4) }, () => value(depth + 1)) : []),
      () => (depth < 4 ? { [oneOf(['id', '__proto__', 'args', 'a'])]: value(depth + 1) } : {}),
    ])();

  const message = () => ({
    type: oneOf(['call', 'call', 'call', 'cancel', 'end', 'reply', 'event', value()]),
    id: id(),
    name: oneOf([
      oneOf(names),
      oneOf(names),
      'constructor',
      '__proto__',
      'app.constructor',
      value(),
    ]),
    args: oneOf<unknown>([{}, value(), { id: 'x', from: 0 }]),
  });

  return oneOfFrame;

  function oneOfFrame(): Frame {
    switch (upTo(8)) {
      case 0:
        return bytes(upTo(64));
      case 1:
        return encodeStreamFrame({
          id: streamId(),
          credit: upTo(0xffff_ffff),
          bytes: bytes(upTo(200)),
        });
      case 2:
        return String.fromCharCode(...bytes(upTo(100)));
      case 3:
        return JSON.stringify(value());
      case 4:
        return JSON.stringify(message()).slice(0, upTo(80));
      case 5:
        return '['.repeat(upTo(20_000));
      case 6: {
        const { type, id: callId } = message();
        return JSON.stringify({ type, id: callId });
      }
      default:
        return JSON.stringify(message());
    }
  }
}
