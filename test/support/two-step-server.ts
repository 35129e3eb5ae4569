/** An SSH server that asks two things at once, as one with a one-time code does. */
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import ssh2 from 'ssh2';
import type { HostileServer } from './hostile-servers.ts';
import { newKeyPair } from './key-pair.ts';
import { addressPort } from './listening.ts';

export interface TwoStepServer extends HostileServer {
  /** Every set of answers it was given. */
  given(): readonly (readonly string[])[];
  /** The words it uses from now on, in every place it has for words. */
  say(words: string): void;
  reset(): void;
}

export async function startTwoStepServer(right: {
  readonly user: string;
  readonly answers: readonly string[];
  /** What it asks; a password and a code unless told. */
  readonly prompts?: readonly ssh2.Prompt[];
}): Promise<TwoStepServer> {
  let given: (readonly string[])[] = [];
  let words: string | undefined;
  const clients = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (client) => {
    clients.add(client);
    client.on('error', () => {}).on('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      const prompts = right.prompts ?? [
        { prompt: words ?? 'Password: ', echo: false },
        { prompt: words ?? 'Code: ', echo: true },
      ];
      context.prompt(
        [...prompts],
        words ?? 'Two steps',
        words ?? 'Have the code at hand.',
        (answers) => {
          given.push(answers);
          const isRight =
            context.username === right.user && isDeepStrictEqual(answers, [...right.answers]);
          if (isRight) context.accept();
          else context.reject(['keyboard-interactive']);
        },
      );
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      session.on('shell', (acceptShell) => acceptShell());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: addressPort(server),
    given: () => given,
    say(next) {
      words = next;
    },
    reset() {
      given = [];
      words = undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.end();
      }),
  };
}
