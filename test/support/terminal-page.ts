/** A page's side of a terminal: gathers its output, types into it. */
import { expect } from 'vitest';
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { Client } from '../../renderer/client/client.ts';

export interface TerminalPage {
  readonly stream: ByteStream;
  readonly start: number;
  readonly end: number;
  readonly screen: string | undefined;
  /** The last of it, as text. */
  output(): string;
  /** Bytes so far. */
  received(): number;
  type(input: string): Promise<void>;
  until(pattern: RegExp): Promise<void>;
}

const keptCharacters = 10_000;

export async function attachPage(
  client: Client,
  { id }: Pick<Terminal, 'id'>,
  grant = 1024 * 1024,
  from = -1,
): Promise<TerminalPage> {
  const { stream, opened } = client.stream('terminals.attach', { id, from });
  let text = '';
  let bytes = 0;
  const decoder = new TextDecoder();
  stream.onBytes((chunk) => {
    bytes += chunk.length;
    text = (text + decoder.decode(chunk, { stream: true })).slice(-keptCharacters);
    stream.grant(chunk.length);
  });
  const { start, end, screen } = await opened;
  stream.grant(grant);
  return {
    stream,
    start,
    end,
    screen,
    output: () => text,
    received: () => bytes,
    async type(input) {
      let rest = new TextEncoder().encode(input);
      for (;;) {
        rest = rest.subarray(stream.send(rest));
        if (rest.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async until(pattern) {
      await expect.poll(() => text).toMatch(pattern);
    },
  };
}

/** The terminal as the core tells it now. */
export const readTerminal = async (client: Client, id: string): Promise<Terminal | undefined> =>
  (await client.call('terminals.list', {})).items.find((terminal) => terminal.id === id);
