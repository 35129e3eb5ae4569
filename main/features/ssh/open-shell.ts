/** Opens a terminal's shell on a connection: the login shell, or a session of tmux or screen where that is wished and there. */
import type ssh2 from 'ssh2';
import type { ClientChannel } from 'ssh2';
import { CloudError, refusal, type TextRef } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { plainWords } from '../../core/plain-words.ts';
import {
  enterCommand,
  joinCommand,
  type Multiplexer,
  probeScript,
  sessionNameOf,
} from './multiplexers.ts';
import { runScript } from './run-script.ts';

export interface ShellSize {
  readonly columns: number;
  readonly rows: number;
}

/** What the shell is told of its terminal; a server takes what its AcceptEnv lists, as it does from ssh. */
export type ShellEnvironment = Readonly<Record<'LANG' | 'COLORTERM', string>>;

/** What a terminal's shell is to run in. */
export interface WishedShell {
  readonly shell: Terminal['shell'];
  /** A session of tmux or screen that is there, instead of one of the terminal's own. */
  readonly joins?: string;
}

export interface ShellRequest extends WishedShell {
  readonly terminalId: string;
  readonly size: ShellSize;
  readonly environment: ShellEnvironment;
  readonly forwardAgent: boolean;
  readonly signal: AbortSignal;
}

export interface OpenedShell extends Pick<Terminal, 'shell' | 'shellSession' | 'note'> {
  readonly channel: ClientChannel;
}

const probeTimeoutMs = 10_000;

/** @throws CloudError quota `ssh-channel-refused`, network, cancelled */
export async function openShell(client: ssh2.Client, request: ShellRequest): Promise<OpenedShell> {
  const { shell, joins, terminalId, signal } = request;
  if (shell === 'plain') return openPlain(client, request);
  if (!(await isInstalled(client, shell, signal))) {
    const note = { id: 'shell-program-missing', params: { program: shell } };
    return { note, ...(await openPlain(client, request)) };
  }
  const shellSession = joins ?? sessionNameOf(terminalId);
  const command =
    joins === undefined ? enterCommand(shell, shellSession) : joinCommand(shell, joins);
  const opened = await openChannel(request, (options, take) => {
    client.exec(command, { ...options, pty: windowOf(request.size) }, take);
  });
  return { shell, shellSession, ...opened };
}

async function openPlain(client: ssh2.Client, request: ShellRequest): Promise<OpenedShell> {
  const opened = await openChannel(request, (options, take) => {
    client.shell(windowOf(request.size), options, take);
  });
  return { shell: 'plain', ...opened };
}

/** A machine without `sh`, or one that does not answer, is entered as it is. */
async function isInstalled(
  client: ssh2.Client,
  program: Multiplexer,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const options = { timeoutMs: probeTimeoutMs, signal };
    return (await runScript(client, probeScript(program), options)).trim() === 'yes';
  } catch (error) {
    if (error instanceof CloudError && ['unsupported', 'timeout'].includes(error.code))
      return false;
    throw error;
  }
}

const windowOf = ({ columns, rows }: ShellSize) => ({
  term: 'xterm-256color',
  cols: columns,
  rows,
  width: 0,
  height: 0,
});

type TakeChannel = (error: Error | undefined, channel: ClientChannel) => void;
type ShellOptions = { readonly env: Record<string, string>; readonly agentForward: boolean };

/** Without the agent where the server forwards none, and with a note of it: a shell is worth more than a key. */
async function openChannel(
  { environment, forwardAgent }: ShellRequest,
  open: (options: ShellOptions, take: TakeChannel) => void,
): Promise<{ readonly channel: ClientChannel; readonly note?: TextRef }> {
  const attempt = (agentForward: boolean) =>
    new Promise<ClientChannel>((resolve, reject) => {
      try {
        open({ env: { ...environment }, agentForward }, (error, channel) => {
          if (error) reject(error);
          else resolve(channel);
        });
      } catch {
        reject(refusal('network', 'ssh-connection-closed'));
      }
    });
  const refused = (error: unknown) => {
    if (error instanceof CloudError) return error;
    return refusal('quota', 'ssh-channel-refused', {
      detail: plainWords((error as Error).message, 200),
    });
  };
  try {
    return { channel: await attempt(forwardAgent) };
  } catch (error) {
    if (!forwardAgent || !/agent/i.test(String(error))) throw refused(error);
  }
  try {
    return { channel: await attempt(false), note: { id: 'agent-not-forwarded' } };
  } catch (error) {
    throw refused(error);
  }
}
