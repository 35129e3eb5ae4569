/** A tunnel that waits for a login: whoever logs in to its instance, for whatever purpose, has done what it waits for. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRoot } from '../support/account.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { secretAnswer } from '../support/login-desk.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { askPage, tunnelDesk } from '../support/tunnel-desk.ts';

// Only root can make an account with a password.
describe.skipIf(!isRoot)('a tunnel whose question was called off', () => {
  let sshd: Sshd;
  let live: LiveCore;
  let web: Server;
  let questions = 0;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['UsePAM no'] });
    web = createServer((_request, response) => response.end('there'));
    await listen(web);
    live = await startLiveCore({
      answer: ({ question, owner }) => {
        if (question.kind === 'host-key') return { kind: 'trust' };
        questions += 1;
        return owner.kind === 'terminal' ? secretAnswer(sshd.password) : { kind: 'cancel' };
      },
    });
    await live.client.call('vault.setUp', { mode: 'memory' });
  });
  afterAll(async () => {
    await live.close();
    web.closeAllConnections();
    await closeServer(web);
    await sshd.stop();
  });

  it('comes up once a terminal logged in, and asks nothing', async () => {
    const instance = await live.addServer({
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'password' },
    });
    const desk = tunnelDesk(live, instance);
    const { id, localPort } = await desk.open({ remotePort: addressPort(web) });
    await desk.reaches(id, 'needs-user');
    await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    await desk.reaches(id, 'up');
    expect(await askPage(localPort)).toBe('there');
    expect(questions).toBe(2);
  });
});
