/** Open JupyterLab: find the server, start a tunnel to it, probe through it, and hand out an address without a token. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { JupyterOutcome } from '../../../preload/contract/tunnels.ts';
import type { Redactor } from '../../core/log.ts';
import type { Connections } from '../ssh/connections.ts';
import { runScript } from '../ssh/run-script.ts';
import { openChannel } from './forward.ts';
import { findScript, type JupyterServer, parseServers } from './jupyter-servers.ts';
import { get, type SignIn } from './sign-in.ts';
import type { Tunnel } from './tunnel.ts';

export interface JupyterParts {
  readonly connections: Connections;
  readonly signIn: SignIn;
  readonly redactor: Redactor;
  /** A started tunnel to that port of the instance: the one there is, or a new one. */
  tunnelTo(instance: string, host: string, port: number): Promise<Tunnel>;
}

const scriptTimeoutMs = 15_000;
const upTimeoutMs = 30_000;

/** @throws CloudError when the instance cannot be reached, or the server does not answer through the tunnel */
export async function openJupyter(
  parts: JupyterParts,
  instance: string,
  signal: AbortSignal,
): Promise<JupyterOutcome> {
  const server = await findServer(parts, instance, signal);
  if (!server) return { kind: 'not-found' };
  const tunnel = await parts.tunnelTo(instance, server.host, server.port);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(upTimeoutMs)]);
  await tunnel.whenUp(limited);
  const origin = `${server.secure ? 'https' : 'http'}://127.0.0.1:${tunnel.target.localPort}`;
  if (server.secure) return { kind: 'ready', tunnel: tunnel.view, url: origin + server.basePath };

  const { status } = await get(tunnel, `${server.basePath}api`, { host: '127.0.0.1' });
  if (status >= 500) throw new CloudError('network', `Jupyter answered ${status}`);
  const landings = server.kind === 'notebook' ? ['tree'] : ['lab', 'tree'];
  const path = parts.signIn.arm(tunnel.target.id, {
    token: server.token,
    basePath: server.basePath,
    landings,
  });
  return { kind: 'ready', tunnel: tunnel.view, url: origin + path };
}

async function findServer(
  { connections, redactor }: JupyterParts,
  instance: string,
  signal: AbortSignal,
): Promise<JupyterServer | undefined> {
  const connection = await connections.to(instance);
  const owner = connections.owner('tunnel', instance);
  const lease = await connection.acquire({ owner, interactive: true, signal });
  try {
    const output = await runScript(lease.client, findScript, {
      timeoutMs: scriptTimeoutMs,
      signal,
    });
    const servers = parseServers(output);
    for (const { token } of servers) if (token) redactor.learn(token);
    for (const server of servers) {
      if (await listens(lease.client, server.host, server.port)) return server;
    }
    // A server whose runtime files are out of sight, as in a container: the page itself asks for the token.
    if (!(await listens(lease.client, '127.0.0.1', defaultPort))) return undefined;
    return {
      port: defaultPort,
      host: '127.0.0.1',
      token: '',
      basePath: '/',
      secure: false,
      kind: 'server',
    };
  } finally {
    lease.release();
  }
}

const defaultPort = 8888;

async function listens(
  client: Parameters<typeof openChannel>[0],
  host: string,
  port: number,
): Promise<boolean> {
  try {
    const channel = await openChannel(client, host, port);
    channel.on('error', () => {});
    channel.resume();
    channel.close();
    return true;
  } catch {
    return false;
  }
}
