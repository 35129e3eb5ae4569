/** A tunnel of the product, beside `ssh -L` to the same place. */
import { type Child, startChild } from '../../support/child.ts';
import { freePort } from '../../support/free-port.ts';
import type { AppWithServers } from './app-with-servers.ts';

/** A way through, and the process that carries it. */
export interface Side {
  readonly port: number;
  readonly pid: number;
}

export async function openTunnel(world: AppWithServers, farPort: number): Promise<Side> {
  const opened = await world.client.call('tunnels.open', {
    instance: world.instances[0] ?? '',
    remotePort: farPort,
    localPort: await freePort(),
  });
  if (opened.kind !== 'opened') throw new Error(`no tunnel: ${opened.kind}`);
  return { port: opened.tunnel.localPort, pid: world.app.pid };
}

export async function openPeerTunnel(
  { sshArguments }: AppWithServers,
  farPort: number,
): Promise<Side & Pick<Child, 'stop'>> {
  const port = await freePort();
  const forward = `${port}:127.0.0.1:${farPort}`;
  const ssh = startChild('ssh', ['-v', '-N', '-L', forward, ...sshArguments]);
  await ssh.waitFor(/Local forwarding listening|Entering interactive session/);
  return { port, pid: ssh.pid, stop: ssh.stop };
}
