/** A transfer through its instance's life: a fake cloud says the state, a real OpenSSH server is the machine. */
import { chownSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Transfers } from '../../main/features/files/transfers.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import type { Transfer } from '../../preload/contract/files.ts';
import { isRoot } from '../support/account.ts';
import { announced } from '../support/held-files.ts';
import { type LifeDesk, openLifeDesk } from '../support/life-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const instance = 'fake/box';
const signal = new AbortController().signal;
const held = [{ path: 'empty', bytes: Buffer.alloc(0) }];

let sshd: Sshd;
let desk: LifeDesk;
let transfers: Transfers;
let directory: string;

beforeEach(async () => {
  sshd = await startSshd();
  desk = await openLifeDesk(sshd);
  transfers = desk.startTransfers();
  directory = join(sshd.home, 'work');
  mkdirSync(directory);
  if (isRoot) chownSync(directory, sshd.account.uid, sshd.account.gid);
});
afterEach(async () => {
  await transfers.close();
  await desk.close();
  await sshd.stop();
});

async function comesTo(state: StateKind | undefined): Promise<void> {
  desk.say(state);
  await desk.fleet.refresh('fake');
}

async function transfer(): Promise<Transfer> {
  const { items } = await transfers.handlers['files.transfers']({}, signal);
  return items[0] as Transfer;
}

/** An upload of one empty file, which the page sends once the instance has come to the state. */
async function uploadAmid(state: StateKind): Promise<void> {
  const order = { instance, directory, items: announced(held), more: false };
  const { id } = await transfers.handlers['files.upload'](order, signal);
  const wish = await transfers.handlers['files.nextToSend']({ transfer: id }, signal);
  expect(wish).toEqual({ kind: 'send', index: 0, from: 0 });
  await comesTo(state);
  const nothing = () => {};
  const page = new ByteStream(1, nothing, nothing);
  await transfers.handlers['files.sendFile']({ transfer: id, index: 0, from: 0 }, page, signal);
}

it('waits while the instance is being saved, and goes on by itself', async () => {
  await uploadAmid('snapshotting');
  await expect.poll(async () => (await transfer()).state).toBe('waiting');
  expect(readdirSync(directory)).toEqual([]);
  await comesTo('running');
  await expect.poll(async () => (await transfer()).state).toBe('done');
  expect(readdirSync(directory)).toEqual(['empty']);
});

it('ends with the reason when the instance is released, for it never runs again', async () => {
  await uploadAmid('releasing');
  await expect.poll(async () => (await transfer()).state).toBe('waiting');
  await comesTo('released');
  await expect.poll(async () => (await transfer()).state).toBe('failed');
  expect((await transfer()).failure?.rule?.id).toBe('instance-released');
});
