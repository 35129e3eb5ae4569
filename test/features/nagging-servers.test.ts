/** Servers that ask without end, or again once they have let somebody in: a person sees one question at a time, and no secret is told twice. */
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { type ConnectParts, connect } from '../../main/features/ssh/connect.ts';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort } from '../support/listening.ts';

/** What ssh2's own server can send at any moment, though its public face would not. */
interface Mouth {
  authInfoReq(title: string, instructions: string, prompts: readonly object[]): void;
  authFailure(methods: readonly string[]): void;
  disconnect(reason: number): void;
  /** What it answers to; without one it refuses to refuse. */
  readonly _authsQueue: string[];
}
const mouthOf = (client: ssh2.Connection) => (client as unknown as { _protocol: Mouth })._protocol;

const field = (prompt: string) => [{ prompt, echo: false }];
const ask = (client: ssh2.Connection, prompt: string) =>
  mouthOf(client).authInfoReq('', '', field(prompt));

function refuse(client: ssh2.Connection): void {
  const mouth = mouthOf(client);
  mouth._authsQueue.push('password');
  mouth.authFailure(['password']);
}

let server: ssh2.Server;
let parts: TestConnectParts;
afterEach(() => {
  parts.remove();
  server.close();
});

async function start(take: (client: ssh2.Connection) => void) {
  server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (client) => {
    client.on('error', () => {});
    take(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

/** Trusts every key; other questions are answered by `answer`. */
async function logIn(
  answer: (question: PromptQuestion) => PromptAnswer | undefined = () => undefined,
  more: Partial<ConnectParts> = {},
) {
  parts = await createConnectParts((question) =>
    question.kind === 'host-key' ? { kind: 'trust' } : answer(question),
  );
  return connect(
    { ...parts.connectParts, ...more },
    requestFor({ port: addressPort(server), user: 'ada' }),
  );
}

const broke = { code: 'forbidden', rule: { id: 'ssh-protocol-failed' } };
const questions = () => parts.asked.filter(({ kind }) => kind !== 'host-key');

it('a thousand questions at once are one question, and the end', async () => {
  await start((client) =>
    client.on('authentication', (context) => {
      if (context.method !== 'keyboard-interactive') context.reject(['keyboard-interactive']);
      else for (let round = 0; round < 1000; round += 1) ask(client, `Code ${round}:`);
    }),
  );
  await expect(logIn()).rejects.toMatchObject(broke);
  expect(questions().length).toBeLessThanOrEqual(1);
});

it('rounds without a question do not go on for ever', async () => {
  await start((client) =>
    client.on('authentication', (context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      const again = () => {
        context.prompt([], again);
      };
      again();
    }),
  );
  await expect(logIn(undefined, { loginTimeoutMs: 300 })).rejects.toMatchObject({
    code: 'timeout',
    rule: { id: 'ssh-login-timeout' },
  });
});

it('a hundred refusals of what was not said yet are one question, and the end', async () => {
  await start((client) =>
    client.on('authentication', () => {
      for (let time = 0; time < 100; time += 1) refuse(client);
    }),
  );
  await expect(logIn()).rejects.toMatchObject(broke);
  expect(questions().length).toBeLessThanOrEqual(1);
});

it('a server that asks again after it let somebody in gets no answer', async () => {
  const methods: string[] = [];
  await start((client) =>
    client.on('authentication', (context) => {
      methods.push(context.method);
      if (context.method !== 'password') {
        context.reject(['password']);
        return;
      }
      context.accept();
      refuse(client);
    }),
  );
  const client = await logIn(() => ({ kind: 'secret', secret: 'hunter22', remember: false }));
  // Behind the question on the same line: once this is answered, that was heard.
  await expect(
    new Promise((_resolve, reject) => client.exec('true', (error) => reject(error))),
  ).rejects.toThrow();
  expect(methods).toEqual(['none', 'password']);
  expect(questions().map(({ kind }) => kind)).toEqual(['password']);
  client.destroy();
});

it('one that wants another password is told no second time, and a person is told', async () => {
  let given = 0;
  await start((client) =>
    client.on('authentication', (context) => {
      if (context.method !== 'password') {
        context.reject(['password']);
        return;
      }
      given += 1;
      context.requestChange('Your password has expired.', () => {});
    }),
  );
  await expect(
    logIn(() => ({ kind: 'secret', secret: 'hunter22', remember: false })),
  ).rejects.toMatchObject({
    code: 'unauthenticated',
    rule: { id: 'ssh-password-expired', params: { user: 'ada' } },
  });
  expect(given).toBe(1);
});

it('the names of its ways to log in are told plainly, and not at any length', async () => {
  await start((client) =>
    client.on('authentication', (context) =>
      context.reject(['\u202egnp\u001b[2J' as 'password', 'x'.repeat(20_000) as 'password']),
    ),
  );
  const failure = await logIn().catch((error) => error);
  expect(failure.rule?.id).toBe('ssh-auth-failed');
  expect(failure.rule.params.methods).toMatch(/^[\x20-\x7e]{1,200}$/);
});

it('one that hangs up on a password, whatever reason it gives, has refused it', async () => {
  const protocolError = 2;
  await start((client) =>
    client.on('authentication', (context) => {
      if (context.method === 'password') mouthOf(client).disconnect(protocolError);
      else context.reject(['password']);
    }),
  );
  await expect(
    logIn(() => ({ kind: 'secret', secret: 'hunter22', remember: false })),
  ).rejects.toMatchObject({
    code: 'unauthenticated',
    rule: { id: 'ssh-closed-during-login' },
  });
});
