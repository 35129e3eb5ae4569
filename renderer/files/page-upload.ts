/** An upload of files this page holds: announced part by part, then sent as the core asks for them, several at a time. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { Client } from '../client/client.ts';
import type { LocalItem } from './local-items.ts';
import { sendFile } from './send-file.ts';

/** Files on their way at once: small ones are held up by the way there and back, not by the line. */
const filesAtOnce = 48;
/** Items in one announcement, and how much its paths may weigh. */
const mostAnnounced = 2000;
const mostAnnouncedCharacters = 400_000;
const againAfterMs = 500;

export interface UploadWish {
  readonly instance: string;
  readonly directory: string;
  readonly items: AsyncIterable<LocalItem>;
  /** Told as soon as the transfer exists. */
  begun(transfer: string): void;
}

/**
 * Resolves when the core wants nothing more of this page.
 * @throws CloudError when the upload is refused
 */
export async function runUpload(client: Client, wish: UploadWish): Promise<void> {
  const { instance, directory } = wish;
  const held: (File | undefined)[] = [];
  let transfer: string | undefined;
  let sending: Promise<unknown> | undefined;
  try {
    for await (const { part, more } of inParts(wish.items)) {
      for (const item of part) held.push(item.kind === 'file' ? item.file : undefined);
      const items = part.map(announced);
      if (transfer === undefined) {
        transfer = (await client.call('files.upload', { instance, directory, items, more })).id;
        wish.begun(transfer);
        sending = sendAll(client, transfer, held);
      } else {
        await client.call('files.announce', { transfer, items, more });
      }
    }
  } catch (error) {
    // It would wait for the rest for ever.
    if (transfer !== undefined) await client.call('files.cancel', { transfer }).catch(() => {});
    throw error;
  }
  await sending;
}

const announced = (item: LocalItem) => ({
  path: item.path,
  kind: item.kind,
  size: item.kind === 'file' ? item.file.size : 0,
  modifiedAt: new Date(item.kind === 'file' ? item.file.lastModified : Date.now()).toISOString(),
});

/** `more` is known only once the next item was seen, so a part is given when the one after it begins. */
async function* inParts(
  items: AsyncIterable<LocalItem>,
): AsyncIterable<{ readonly part: readonly LocalItem[]; readonly more: boolean }> {
  let part: LocalItem[] = [];
  let characters = 0;
  for await (const item of items) {
    if (part.length >= mostAnnounced || characters > mostAnnouncedCharacters) {
      yield { part, more: true };
      part = [];
      characters = 0;
    }
    part.push(item);
    characters += item.path.length;
  }
  if (part.length > 0) yield { part, more: false };
}

async function sendAll(
  client: Client,
  transfer: string,
  held: readonly (File | undefined)[],
): Promise<void> {
  await Promise.all(
    Array.from({ length: filesAtOnce }, () => sendWhileAsked(client, transfer, held)),
  );
}

async function sendWhileAsked(
  client: Client,
  transfer: string,
  held: readonly (File | undefined)[],
): Promise<void> {
  for (;;) {
    const next = await askNext(client, transfer);
    if (next.kind === 'end') return;
    const { index, from } = next;
    const { stream, opened } = client.stream('files.sendFile', { transfer, index, from });
    const outcome = await sendFile(stream, opened, held[index] ?? new Blob(), from);
    // Whatever broke: the core knows what it has, and says what it wants next.
    if (outcome.kind === 'broken') await new Promise((go) => setTimeout(go, againAfterMs));
  }
}

type Next = Awaited<ReturnType<typeof askOnce>>;

const askOnce = (client: Client, transfer: string) => client.call('files.nextToSend', { transfer });

/** Asks again after the channel to the core was lost; a transfer that is no longer there is at its end. */
async function askNext(client: Client, transfer: string): Promise<Next> {
  for (;;) {
    try {
      return await askOnce(client, transfer);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'network') return { kind: 'end' };
      await new Promise((go) => setTimeout(go, againAfterMs));
    }
  }
}
