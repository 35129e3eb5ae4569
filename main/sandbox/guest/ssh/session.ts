/** One session of an SSH connection: a shell on a terminal, one command, or file transfer. */
import { posix } from 'node:path';
import type { Duplex } from 'node:stream';
import type { PseudoTtyInfo, ServerChannel, Session } from 'ssh2';
import { type GuestShell, type ShellParts, startShell } from '../shell/guest-shell.ts';
import { createPipeIo } from '../shell/pipe-io.ts';
import { completeLine } from '../terminal/complete.ts';
import { openHistory } from '../terminal/history.ts';
import { promptText } from '../terminal/prompt-text.ts';
import { Terminal } from '../terminal/terminal.ts';
import { enteredSession, type Multiplexer } from './multiplexer.ts';
import { serveSftp } from './sftp.ts';

export interface SessionParts {
  readonly shell: ShellParts;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostName: string;
  readonly client: { readonly address: string; readonly port: number };
  readonly multiplexer: Multiplexer;
  /** Said at the start of a shell. */
  messageOfTheDay(): string;
  /** Numbers terminals; frees the number at the end. */
  takeTerminal(): { readonly name: string; free(): void };
  now(): number;
  /** `close` ends the shell with a word; returns what forgets it. */
  onShell(close: (word: string) => void): () => void;
}

const home = '/root';

export function openSession(session: Session, parts: SessionParts): void {
  let pty: PseudoTtyInfo | undefined;
  let terminal: Terminal | undefined;
  let shell: GuestShell | undefined;
  const wanted: Record<string, string> = {};

  session.on('pty', (accept, _reject, info) => {
    pty = info;
    accept?.();
  });
  session.on('env', (accept, _reject, info) => {
    const { key, val } = info as unknown as { readonly key: string; readonly val: string };
    if (/^(LANG|LC_\w+|TERM|TZ)$/.test(key)) wanted[key] = String(val);
    accept?.();
  });
  session.on('window-change', (accept, _reject, { cols, rows }) => {
    terminal?.resize({ columns: cols, rows });
    accept?.();
  });
  session.on('signal', (accept, _reject, { name }) => {
    if (name === 'INT' || name === 'TERM') shell?.interrupt();
    else if (name === 'KILL' || name === 'HUP') shell?.kill();
    accept?.();
  });
  const start = (channel: ServerChannel, script: string | undefined) => {
    // A channel that breaks is seen by its close.
    channel.on('error', () => {});
    const environment = environmentOf(parts, wanted, pty !== undefined);
    const named = pty && script !== undefined ? enteredSession(script) : undefined;
    // One that is gone is missed by the command itself, in its own words.
    if (pty && named && (!named.joins || parts.multiplexer.has(named))) {
      const window = pty;
      const open = (line: Duplex) =>
        openTerminal(line, window, undefined, { ...parts, environment });
      ({ terminal, shell } = parts.multiplexer.enter(named, channel, window, open, end));
      const forget = parts.onShell((word) => {
        channel.write(word);
        end(channel, 255);
      });
      channel.once('close', forget);
      return;
    }
    if (pty) {
      const opened = openTerminal(channel, pty, script, { ...parts, environment });
      ({ terminal, shell } = opened);
    } else {
      const io = createPipeIo({ input: channel, output: channel, errors: channel.stderr });
      shell = startShell(parts.shell, {
        io,
        environment,
        directory: home,
        script: script ?? 'sh',
      });
    }
    const running = shell;
    const forget = parts.onShell((word) => {
      if (terminal) channel.write(word);
      else channel.stderr.write(word);
      end(channel, 255);
    });
    channel.once('close', () => running.kill());
    void running.ended.then((status) => {
      forget();
      end(channel, status);
    });
  };
  session.on('shell', (accept) => start(accept(), undefined));
  session.on('exec', (accept, _reject, { command }) => start(accept(), command));
  session.on('sftp', (accept) => serveSftp(accept(), parts.shell.files));
}

function end(channel: ServerChannel, status: number): void {
  if (channel.destroyed || channel.writableEnded) return;
  channel.exit(status);
  channel.end();
}

function environmentOf(
  { environment, client }: SessionParts,
  wanted: Readonly<Record<string, string>>,
  isTerminal: boolean,
): Record<string, string> {
  return {
    HOME: home,
    USER: 'root',
    LOGNAME: 'root',
    SHELL: '/bin/bash',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    PWD: home,
    LANG: 'C.UTF-8',
    ...(isTerminal && { TERM: 'xterm-256color' }),
    SSH_CONNECTION: `${client.address} ${client.port} 127.0.0.1 22`,
    SSH_CLIENT: `${client.address} ${client.port} 22`,
    ...wanted,
    ...environment,
  };
}

function openTerminal(
  channel: Duplex,
  pty: PseudoTtyInfo,
  script: string | undefined,
  parts: SessionParts,
): { terminal: Terminal; shell: GuestShell } {
  const { machine, files } = parts.shell;
  const { name, free } = parts.takeTerminal();
  const history = openHistory(files, posix.join(home, '.bash_history'));
  const signOut = machine.signIn({
    user: 'root',
    terminal: name,
    from: parts.client.address,
    sinceMs: parts.now(),
  });
  let shell: GuestShell;
  const terminal = new Terminal({
    channel,
    size: { columns: pty.cols || 80, rows: pty.rows || 24 },
    history: history.lines,
    promptText: (state) => promptText(state, parts.hostName),
    complete: (beforeCursor, directory) => completeLine(beforeCursor, files, directory),
    onInterrupt: (hard) => (hard ? shell.kill() : shell.interrupt()),
    onLine: (line) => history.add(line),
  });
  const term = (pty as unknown as { readonly term?: string }).term;
  if (script === undefined) terminal.print(parts.messageOfTheDay());
  shell = startShell(parts.shell, {
    io: terminal,
    terminalName: name,
    environment: { ...parts.environment, SSH_TTY: `/dev/${name}`, ...(term && { TERM: term }) },
    directory: home,
    ...(script !== undefined && { script }),
  });
  void shell.ended.then(() => {
    if (script === undefined) terminal.print('logout\n');
    signOut();
    free();
  });
  return { terminal, shell };
}
