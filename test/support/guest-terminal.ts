/** A terminal on a guest, as a person sees it: types, and waits for what must appear. */
import { once } from 'node:events';
import type { Client, ClientChannel } from 'ssh2';
import { expect } from 'vitest';

export interface GuestTerminal {
  type(keys: string): void;
  /** Waits until what was printed since the last call matches. @returns that text */
  until(pattern: RegExp, timeoutMs?: number): Promise<string>;
  resize(columns: number, rows: number): void;
  readonly ended: Promise<number | null>;
  close(): void;
}

const colours = new RegExp(`${'\x1b'}\\[[0-9;?]*[A-Za-z]`, 'g');
export const prompt = /root@[\w-]+:[^\n]*# $/;

export async function openGuestTerminal(client: Client): Promise<GuestTerminal> {
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell({ cols: 80, rows: 24, term: 'xterm-256color' }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  let text = '';
  let status: number | null = null;
  channel.on('data', (bytes: Buffer) => {
    text = (text + bytes).slice(-200_000);
  });
  channel.on('exit', (code: number | null) => {
    status = code;
  });
  const plain = () => text.replace(colours, '').replaceAll('\r', '');
  return {
    type: (keys) => channel.write(keys),
    async until(pattern, timeoutMs = 30_000) {
      await expect.poll(plain, { timeout: timeoutMs, interval: 10 }).toMatch(pattern);
      const seen = plain();
      text = '';
      return seen;
    },
    resize: (columns, rows) => channel.setWindow(rows, columns, 0, 0),
    ended: once(channel, 'close').then(() => status),
    close: () => channel.close(),
  };
}
