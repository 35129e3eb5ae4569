/** The built product with servers written down that all lead to one real sshd, and no question left to ask. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../../renderer/client/client.ts';
import { addServers } from '../../support/add-servers.ts';
import { clientOn, joinWebHost } from '../../support/join-web-host.ts';
import { startProxy } from '../../support/proxy.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';
import { createTempDir } from '../../support/temp-dir.ts';
import { startWebApp, type WebApp } from '../../support/web-app.ts';

export interface AppWithServers {
  readonly app: WebApp;
  readonly client: Client;
  readonly sshd: Sshd;
  /** Keys of the instances. */
  readonly instances: readonly string[];
  /** Options that make OpenSSH's client do the same: same key, same known host, nobody asked. */
  readonly sshArguments: readonly string[];
  stop(): Promise<void>;
}

/** What both sides can do fastest; the same for both, so that only the programs differ. */
const cipher = 'aes128-gcm@openssh.com';
const exchange = 'curve25519-sha256';

/** @param delayMs every byte arrives that much later, each way */
export async function startAppWithServers(count: number, delayMs = 0): Promise<AppWithServers> {
  const sshd = await startSshd({
    config: [`Ciphers ${cipher}`, `KexAlgorithms ${exchange}`, 'MaxStartups 100'],
  });
  const proxy = delayMs > 0 ? await startProxy(sshd.port) : undefined;
  proxy?.delay(delayMs);
  const port = proxy?.port ?? sshd.port;
  // No message of the day: what is measured is the way to the prompt.
  writeFileSync(join(sshd.home, '.hushlogin'), '');
  const home = createTempDir('bench-home');
  const knownHosts = join(home.path, '.ssh/known_hosts');
  mkdirSync(join(home.path, '.ssh'), { mode: 0o700 });
  writeFileSync(knownHosts, `[127.0.0.1]:${port} ${sshd.hostPublicKey()}\n`);
  const app = await startWebApp({ home: home.path, dataDir: join(home.path, 'data') });
  const client = clientOn(await joinWebHost(app.url));
  await client.call('vault.setUp', { mode: 'memory' });
  const instances = await addServers(
    client,
    Array.from({ length: count }, (_, index) => ({
      name: `server-${index + 1}`,
      host: sshd.host,
      port,
      user: sshd.user,
      login: { kind: 'stored-key' },
      privateKey: sshd.privateKey,
    })),
  );
  return {
    app,
    client,
    sshd,
    instances,
    sshArguments: [
      ...['-F', 'none', '-i', sshd.privateKeyFile, '-p', String(port), '-l', sshd.user],
      ...['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'GlobalKnownHostsFile=none'],
      ...['-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes', '-o', 'StrictHostKeyChecking=yes'],
      sshd.host,
    ],
    async stop() {
      await app.stop();
      await proxy?.stop();
      await sshd.stop();
      home.remove();
    },
  };
}
