/** A login that was refused waits for a person; a person who gives another secret need not come to every place that waits. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connections, createConnections } from '../../main/features/ssh/connections.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import { isRoot } from '../support/account.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

// Only root can make an account with a password.
describe.skipIf(!isRoot)('a login that was refused', () => {
  let sshd: Sshd;
  let parts: TestConnectParts;
  let connections: Connections;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['UsePAM no'] });
    parts = await createConnectParts();
    const access = {
      ...requestFor({ port: sshd.port, user: sshd.user }).access,
      publishedHostKeys: [sshd.hostPublicKey()],
    };
    const way = { access, instance: 'test/box', keepaliveSeconds: 15, forwardAgent: false };
    connections = createConnections({
      connect: parts.connectParts,
      routes: { to: async () => way, isShared: () => true },
      proxyConsents: { isAllowed: () => false, allow: () => {}, forget: () => {} },
      fleet: { instance: () => undefined as never },
      platform: {
        onResume: () => {},
        onNetworkChange: () => {},
        isOnline: () => true,
        hasAddress: () => true,
      },
      onChange: () => {},
    });
  });
  afterAll(async () => {
    connections.close();
    parts.remove();
    await sshd.stop();
  });

  const { owner, signal } = requestFor({ port: 22, user: 'ada' });
  const logIn = async () => {
    const connection = await connections.to('test/box');
    return connection.acquire({ owner, signal, interactive: false }).then(
      () => 'in',
      (error: CloudError) => error.code,
    );
  };
  const logins = () => sshd.log().match(/Connection from/g)?.length ?? 0;

  it('is tried once more after another secret was saved, and not for one of another place', async () => {
    await parts.vault.save('test/password', 'wrong');
    expect([await logIn(), await logIn(), logins()]).toEqual([
      'unauthenticated',
      'unauthenticated',
      1,
    ]);
    await parts.vault.save('other/password', sshd.password);
    expect([await logIn(), logins()]).toEqual(['unauthenticated', 1]);
    await parts.vault.save('test/password', sshd.password);
    expect([await logIn(), logins()]).toEqual(['in', 2]);
  });
});
