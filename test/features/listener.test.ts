/** A tunnel's port on this machine: held, refused with the reason, given back. */
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findFreePort, listen } from '../../main/features/tunnels/listener.ts';
import { isRoot } from '../support/account.ts';
import { freePort } from '../support/free-port.ts';
import { addressPort, closeServer, listen as hold } from '../support/listening.ts';

const loopback = ['127.0.0.1', '::1'];
const ignore = () => {};
const nobody = 65_534;

describe('a port', () => {
  it('is held on every address or on none', async () => {
    const other = createServer();
    other.listen(0, '::1');
    await new Promise((resolve) => other.once('listening', resolve));
    const port = addressPort(other);
    expect(await listen(loopback, port, ignore)).toEqual({ kind: 'unavailable', reason: 'in-use' });
    // What was taken before the refusal was given back.
    const again = createServer();
    await hold(again, port);
    await closeServer(again);
    await closeServer(other);
  });

  it('is free again once its listener is closed', async () => {
    const port = await freePort();
    for (let round = 0; round < 100; round += 1) {
      const outcome = await listen(loopback, port, ignore);
      if (outcome.kind !== 'listening') throw new Error(outcome.reason);
      await outcome.listener.close();
    }
  });

  it('everywhere is held in both families at once', async () => {
    const port = await findFreePort(['0.0.0.0', '::'], await freePort(), new Set());
    const outcome = await listen(['0.0.0.0', '::'], port, ignore);
    if (outcome.kind !== 'listening') throw new Error(outcome.reason);
    expect(await listen(loopback, port, ignore)).toMatchObject({ reason: 'in-use' });
    await outcome.listener.close();
  });

  it('below 1024 is refused as privileged to who may not have it', async () => {
    if (isRoot) process.seteuid?.(nobody);
    try {
      const outcome = await listen(loopback, 79, ignore);
      expect(outcome).toEqual({ kind: 'unavailable', reason: 'privileged' });
      expect(await findFreePort(loopback, 79, new Set())).toBeGreaterThan(1023);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('that others were promised is not offered', async () => {
    const first = await findFreePort(loopback, await freePort(), new Set());
    expect(await findFreePort(loopback, first, new Set([first]))).toBeGreaterThan(first);
  });
});
