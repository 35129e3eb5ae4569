/** Lets a key in on an instance that is reached by other means, and proves that it opens the door by itself. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';
import type { Connections } from '../ssh/connections.ts';
import { describeLocalKey } from '../ssh/local-keys.ts';
import { runScript } from '../ssh/run-script.ts';
import { authorizeScript, refusalFactsScript } from './authorize-script.ts';
import { whyRefused } from './why-refused.ts';

export interface InstallParts {
  readonly connections: Connections;
  readonly homeDirectory: string;
}

const scriptTimeoutMs = 20_000;

/**
 * @throws CloudError not-found `key-file-missing`, invalid `key-without-public-half`, forbidden `authorized-keys-unwritable`,
 * unauthenticated `key-refused…` when the line stands there and the server does not take the key; or why the instance is not reached
 */
export async function installKey(
  { connections, homeDirectory }: InstallParts,
  instance: string,
  keyName: string,
  signal: AbortSignal,
): Promise<{ readonly kind: 'installed' | 'already-there' }> {
  const { publicKey } = describeLocalKey(homeDirectory, keyName);
  if (!publicKey) throw refusal('invalid', 'key-without-public-half', { name: keyName });
  const owner = connections.owner('action', instance);
  const connection = await connections.to(instance);
  const run = async (script: string): Promise<string> => {
    const { channel: said, lease } = await connection.openSession(
      { owner, interactive: true, signal },
      (client) => runScript(client, script, { timeoutMs: scriptTimeoutMs, signal }),
    );
    lease.release();
    return said;
  };

  const said = (await run(authorizeScript(publicKey))).trim();
  // Without a word there is no `sh`, as on Windows.
  if (said === '') throw refusal('unsupported', 'ssh-no-shell');
  const [kind] = said.split('\n').at(-1)?.split(' ') ?? [];
  if (kind !== 'installed' && kind !== 'already-there') {
    const detail = plainWords(said.replace(/^failed /, ''), 300);
    throw refusal('forbidden', 'authorized-keys-unwritable', { detail });
  }
  try {
    await connections.proveKey(instance, keyName, signal);
  } catch (error) {
    const isRefused = error instanceof CloudError && error.code === 'unauthenticated';
    if (!isRefused || isOfKey(error)) throw error;
    const { id, params = {} } = whyRefused(await run(refusalFactsScript));
    throw refusal('unauthenticated', id, params);
  }
  return { kind };
}

/** The server was not even asked. */
const isOfKey = ({ rule }: CloudError): boolean =>
  rule?.id === 'key-passphrase-wrong' || rule?.id === 'ssh-needs-answer';
