/** The SSH agent: where it listens, and its keys one by one, so that many of them do not use up a server's patience. */
import { readdirSync } from 'node:fs';
import ssh2 from 'ssh2';

export interface AgentSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names under `\\.\pipe\` on Windows. */
  readonly pipes: readonly string[];
}

/** @returns a socket, a pipe, or ssh2's word `pageant`; undefined where there is none */
export function chooseAgent({
  platform,
  environment,
  pipes,
}: AgentSurroundings): string | undefined {
  if (environment.SSH_AUTH_SOCK) return environment.SSH_AUTH_SOCK;
  if (platform !== 'win32') return undefined;
  const pipe =
    pipes.find((name) => name === 'openssh-ssh-agent') ??
    pipes.find((name) => name.startsWith('pageant.'));
  // Older Pageants, and those who pass for one, have a window and no pipe: they are asked by a helper of ssh2's.
  return pipe ? `\\\\.\\pipe\\${pipe}` : 'pageant';
}

/** Where the agent of this machine listens. */
export function findAgent(environment: AgentSurroundings['environment']): string | undefined {
  const { platform } = process;
  return chooseAgent({ platform, environment, pipes: platform === 'win32' ? listPipes() : [] });
}

function listPipes(): readonly string[] {
  try {
    return readdirSync('\\\\.\\pipe\\');
  } catch {
    return [];
  }
}

/** The agent of OpenSSH's configuration where that names one, else this machine's. */
export const agentFor = (
  configured: string | undefined,
  usual: string | undefined,
): string | undefined => (configured?.toLowerCase() === 'none' ? undefined : (configured ?? usual));

/** An agent that does not answer must not hold a login up for ever. */
const patienceMs = 10_000;

/** @returns the keys in the agent's order; undefined when it does not answer */
export function listAgentKeys(socket: string): Promise<readonly ssh2.ParsedKey[] | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      clearTimeout(timer);
      resolve(error ? undefined : (keys as readonly ssh2.ParsedKey[]));
    });
  });
}

/** An agent that shows some of its keys only. */
export class AgentWithKeys extends ssh2.BaseAgent<ssh2.ParsedKey> {
  private readonly agent: ssh2.BaseAgent;
  private readonly keys: readonly ssh2.ParsedKey[];
  /** The server would take one of the keys: only then a signature is asked for. */
  private signs = false;

  constructor(socket: string, keys: readonly ssh2.ParsedKey[]) {
    super();
    this.agent = ssh2.createAgent(socket);
    this.keys = keys;
  }

  get hasSigned(): boolean {
    return this.signs;
  }

  override getIdentities(done: ssh2.IdentityCallback<ssh2.ParsedKey>): void {
    done(undefined, [...this.keys]);
  }

  override sign(
    key: ssh2.ParsedKey,
    data: Buffer,
    options: ssh2.SigningRequestOptions | ssh2.SignCallback,
    done?: ssh2.SignCallback,
  ): void {
    this.signs = true;
    if (typeof options === 'function') this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, done);
  }
}
