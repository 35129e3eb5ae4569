/** A server that goes on with the login before the verdict on its key: it learns nothing, and is left at once. */
import { afterEach, expect, it } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import {
  anotherKey,
  type EarlyServer,
  keysAnew,
  loginFailure,
  loginQuestion,
  loginSuccess,
  serviceAccept,
  startEarlyServer,
} from '../support/early-server.ts';

const canary = 'CANARY-password-of-a-person';
let server: EarlyServer;
let parts: TestConnectParts;
afterEach(async () => {
  parts.remove();
  await server.stop();
});

it.each([
  ['asks who is there', [serviceAccept()]],
  ['asks for a password', [serviceAccept(), loginFailure('password')]],
  [
    'asks question upon question',
    [serviceAccept(), loginFailure('keyboard-interactive'), loginQuestion('Password:')],
  ],
  ['lets anybody in', [loginSuccess()]],
  ['lets anybody in who says a word', [serviceAccept(), loginSuccess()]],
] as const)('one that %s before its key is judged', async (_what, words) => {
  server = await startEarlyServer(words);
  parts = await createConnectParts();
  await parts.vault.save('test/password', canary);
  const request = requestFor({ port: server.port, user: 'ada' });
  await expect(connect(parts.connectParts, request)).rejects.toMatchObject({
    rule: { id: 'ssh-login-before-key' },
  });
  expect(server.toldSince()).toBe('');
  expect(parts.asked.filter(({ kind }) => kind !== 'host-key')).toEqual([]);
});

it('one that shows another key while the first is being judged: one question, and the end', async () => {
  server = await startEarlyServer([keysAnew(), anotherKey()]);
  parts = await createConnectParts();
  await parts.vault.save('test/password', canary);
  const request = requestFor({ port: server.port, user: 'ada' });
  await expect(connect(parts.connectParts, request)).rejects.toMatchObject({
    code: 'forbidden',
    rule: { id: 'ssh-protocol-failed' },
  });
  expect(parts.asked.map(({ kind }) => kind)).toEqual(['host-key']);
  expect(server.toldSince()).not.toContain(canary);
});
