/** tmux and screen by name: a terminal of Pilothouse can run in one, and they list and end what runs in them; inside a shell they are not simulated. */
import type { KeptShellState, MachineState } from '../machine-state.ts';
import { type CommandCall, type GuestCommand, note } from './command.ts';

export const multiplexers: GuestCommand = {
  names: ['tmux', 'screen'],
  async run(call) {
    const args = call.args.filter((arg) => arg !== '-u' && arg !== '-U');
    if (args[0] === '-V' || args[0] === '-v') {
      await call.out(`${call.name} (${note})\n`);
      return 0;
    }
    const machine = await call.host.machine();
    const kept = machine.keptShells.filter(({ program }) => program === call.name);
    const ran = await (call.name === 'tmux' ? tmux : screen)(call, args, kept, machine);
    if (ran !== undefined) return ran;
    await call.error(
      `${call.name}: ${note} only as a whole terminal: choose it in the connection options, and what runs in the terminal outlives its line\n`,
    );
    return 1;
  },
};

/** @returns undefined for what is not simulated */
type Program = (
  call: CommandCall,
  args: readonly string[],
  kept: readonly KeptShellState[],
  machine: MachineState,
) => Promise<number | undefined>;

const after = (args: readonly string[], option: string): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined;

const usualFormat = '#{session_name}: 1 windows';

const tmux: Program = async (call, args, kept, machine) => {
  const [command = ''] = args;
  if (command === 'list-sessions' || command === 'ls') {
    if (kept.length === 0) {
      await call.error('no server running on /tmp/tmux-0/default\n');
      return 1;
    }
    const format = after(args, '-F') ?? usualFormat;
    for (const shell of kept) await call.out(`${filledIn(format, shell, machine)}\n`);
    return 0;
  }
  if (command !== 'kill-session' && command !== 'attach-session') return undefined;
  const target = after(args, '-t') ?? '';
  const found = kept.find(({ name, pid }) => [name, `=${name}`, `$${pid}`].includes(target));
  if (!found) {
    await call.error(`can't find session: ${target}\n`);
    return 1;
  }
  if (command === 'attach-session') return undefined;
  await call.host.signal(found.pid, 'KILL');
  return 0;
};

function filledIn(format: string, shell: KeptShellState, { processes }: MachineState): string {
  const startedMs = processes.find(({ pid }) => pid === shell.pid)?.startedMs ?? 0;
  const values: Readonly<Record<string, string>> = {
    session_id: `$${shell.pid}`,
    session_name: shell.name,
    session_created: String(Math.floor(startedMs / 1000)),
    session_attached: shell.attached ? '1' : '0',
    pane_current_command: 'bash',
  };
  return format.replace(/#\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

const sockets = '/run/screen/S-root';

const screen: Program = async (call, args, kept) => {
  if (args[0] === '-ls') {
    if (kept.length === 0) {
      await call.out(`No Sockets found in ${sockets}.\n\n`);
      return 1;
    }
    await call.out(kept.length === 1 ? 'There is a screen on:\n' : 'There are screens on:\n');
    for (const { name, pid, attached } of kept) {
      await call.out(`\t${pid}.${name}\t(${attached ? 'Attached' : 'Detached'})\n`);
    }
    await call.out(`${kept.length} Socket${kept.length === 1 ? '' : 's'} in ${sockets}.\n`);
    return 0;
  }
  const target = after(args, '-S') ?? after(args, '-r') ?? '';
  const found = kept.find(({ name, pid }) => [name, `${pid}.${name}`].includes(target));
  if (!found) {
    await call.out('No screen session found.\n');
    return 1;
  }
  if (after(args, '-X') !== 'quit') return undefined;
  await call.host.signal(found.pid, 'KILL');
  return 0;
};
