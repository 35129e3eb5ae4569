/** Open JupyterLab: find the server, start a tunnel to it, probe through it, and hand out an address without a token. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { JupyterOutcome } from '../../../preload/contract/tunnels.ts';
import type { Redactor } from '../../core/log.ts';
import type { Connections } from '../ssh/connections.ts';
import { runScript } from '../ssh/run-script.ts';
import { get } from './get-through.ts';
import { findScript, type JupyterServer, parseServers } from './jupyter-servers.ts';
import { dismiss, openChannel } from './open-channel.ts';
import type { SignIn } from './sign-in.ts';
import type { Tunnel } from './tunnel.ts';
import { untilUp } from './until-up.ts';

export interface JupyterParts {
  readonly connections: Connections;
  readonly signIn: SignIn;
  readonly redactor: Redactor;
  /** A started tunnel to that port of the instance: the one there is, or a new one. */
  tunnelTo(instance: string, host: string, port: number): Promise<Tunnel>;
  /** Writes down what was changed of a tunnel. */
  save(): void;
}

const scriptTimeoutMs = 15_000;
const usualPort = 8888;

/**
 * @param remotePort of the server that was chosen among several
 * @throws CloudError when the instance cannot be reached, or the server does not answer through the tunnel
 */
export async function openJupyter(
  parts: JupyterParts,
  instance: string,
  remotePort: number | undefined,
  signal: AbortSignal,
): Promise<JupyterOutcome> {
  const found = await findServers(parts, instance, remotePort, signal);
  const [server, ...others] = found;
  if (!server) return { kind: 'not-found' };
  if (others.length > 0) {
    const servers = found.map(({ port, kind, directory }) => ({
      port,
      kind,
      ...(directory !== undefined && { directory }),
    }));
    return { kind: 'choose', servers };
  }
  const tunnel = await parts.tunnelTo(instance, server.host, server.port);
  await untilUp(tunnel, signal);
  const { basePath } = server;
  const secure = server.secure ?? (await speaksTlsOnly(tunnel));
  const { status } = await get(tunnel, `${basePath}api`, { host: '127.0.0.1' }, secure);
  if (status >= 500) throw new CloudError('network', `Jupyter answered ${status}`);
  const { jupyterBasePath, jupyterSecure = false, localPort } = tunnel.target;
  if (jupyterBasePath !== basePath || jupyterSecure !== secure) {
    tunnel.change({ jupyterBasePath: basePath, jupyterSecure: secure });
    parts.save();
  }
  const landings = server.kind === 'notebook' ? ['tree'] : ['lab', 'tree'];
  const path = parts.signIn.arm(tunnel.target.id, {
    token: server.token,
    basePath,
    secure,
    landings,
  });
  return { kind: 'ready', tunnel: tunnel.view, url: `http://127.0.0.1:${localPort}${path}` };
}

/** Of a server that says nothing about itself: one that speaks TLS only hangs up on plain HTTP. @throws CloudError when it answers neither */
async function speaksTlsOnly(tunnel: Tunnel): Promise<boolean> {
  const asked = (secure: boolean) => get(tunnel, '/', { host: '127.0.0.1' }, secure);
  try {
    await asked(false);
    return false;
  } catch (failure) {
    await asked(true).catch(() => {
      throw failure;
    });
    return true;
  }
}

/** Those that listen, newest first; one for each port. */
async function findServers(
  { connections, redactor }: JupyterParts,
  instance: string,
  wantedPort: number | undefined,
  signal: AbortSignal,
): Promise<readonly JupyterServer[]> {
  const connection = await connections.to(instance);
  const owner = connections.owner('tunnel', instance);
  const { channel: output, lease } = await connection.openSession(
    { owner, interactive: true, signal },
    (client) => runScript(client, findScript, { timeoutMs: scriptTimeoutMs, signal }),
  );
  try {
    const written = parseServers(output);
    for (const { token } of written) if (token) redactor.learn(token);
    const living = new Map<number, JupyterServer>();
    for (const server of written) {
      if (wantedPort !== undefined && server.port !== wantedPort) continue;
      if (living.has(server.port)) continue;
      // A runtime file may outlive its server, and its process id be another's by now.
      if (await listens(lease.client, server.host, server.port)) living.set(server.port, server);
    }
    if (living.size > 0) return [...living.values()];
    // A server whose runtime files are out of sight, as in a container: the page itself asks for the token.
    const port = wantedPort ?? usualPort;
    return (await listens(lease.client, '127.0.0.1', port)) ? [bareServer(port)] : [];
  } finally {
    lease.release();
  }
}

const bareServer = (port: number): JupyterServer => ({
  port,
  host: '127.0.0.1',
  token: '',
  basePath: '/',
  secure: undefined,
  kind: 'server',
  directory: undefined,
});

async function listens(
  client: Parameters<typeof openChannel>[0],
  host: string,
  port: number,
): Promise<boolean> {
  try {
    dismiss(await openChannel(client, host, port));
    return true;
  } catch {
    return false;
  }
}
