/** ps, kill, pgrep, jobs: what runs on the simulated machine. */
import type { MachineState, ProcessState } from '../machine-state.ts';
import type { CommandCall, GuestCommand } from './command.ts';
import { columns, readOptions } from './options.ts';
import { clockTime } from './times.ts';

const cpuTime = ({ startedMs, cpu }: ProcessState, nowMs: number): string => {
  const seconds = Math.floor((Math.max(nowMs - startedMs, 0) / 1000) * cpu);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const longTime = (process: ProcessState, nowMs: number) => {
  const [minutes = '0', seconds = '00'] = cpuTime(process, nowMs).split(':');
  const hours = Math.floor(Number(minutes) / 60);
  return [hours, Number(minutes) % 60, Number(seconds)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
};

export const bsdRow = (process: ProcessState, { nowMs, memoryMb }: MachineState): string[] => [
  process.user,
  String(process.pid),
  (process.cpu * 100).toFixed(1),
  ((process.memoryMb / memoryMb) * 100).toFixed(1),
  String(Math.round(process.memoryMb * 2.5 * 1024)),
  String(Math.round(process.memoryMb * 1024)),
  process.terminal,
  process.cpu > 0.5 ? 'R' : 'S',
  clockTime(process.startedMs),
  cpuTime(process, nowMs),
  process.command,
];

const bsdHead = 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND'.split(' ');

const processStatus: GuestCommand = {
  names: ['ps'],
  async run(call) {
    const state = await call.host.machine();
    const args = call.args.join(' ');
    const { named } = readOptions(call.args, 'o p C u sort format pid');
    const wanted = named.get('p') ?? named.get('pid');
    const list = state.processes.filter(
      ({ pid }) => wanted === undefined || wanted.split(',').includes(String(pid)),
    );
    const format = named.get('o') ?? named.get('format');
    if (format !== undefined) return custom(call, list, state, format);
    if (/\bu|aux/.test(args)) {
      const rows = list.map((process) => bsdRow(process, state));
      await call.out(columns([bsdHead, ...rows], [1, 2, 3, 4, 5]));
    } else if (named.has('f')) {
      const rows = list.map((process) => [
        process.user,
        String(process.pid),
        String(process.parent),
        String(Math.round(process.cpu * 100)),
        clockTime(process.startedMs),
        process.terminal,
        longTime(process, state.nowMs),
        process.command,
      ]);
      const heads = 'UID PID PPID C STIME TTY TIME CMD'.split(' ');
      await call.out(columns([heads, ...rows], [1, 2, 3]));
    } else {
      const all = wanted !== undefined || /[eAax]/.test(args);
      const rows = list
        .filter(({ terminal }) => all || terminal !== '?')
        .map((process) => [
          String(process.pid),
          process.terminal,
          longTime(process, state.nowMs),
          process.command.split(' ')[0] ?? '',
        ]);
      await call.out(columns([['PID', 'TTY', 'TIME', 'CMD'], ...rows], [0]));
    }
    return list.length > 0 ? 0 : 1;
  },
};

async function custom(
  call: CommandCall,
  list: readonly ProcessState[],
  { nowMs, memoryMb }: MachineState,
  format: string,
): Promise<number> {
  const fields = format.split(/[,\s]+/).filter((field) => field !== '');
  const value = (process: ProcessState, field: string): string => {
    const values: Readonly<Record<string, string>> = {
      pid: String(process.pid),
      ppid: String(process.parent),
      user: process.user,
      tty: process.terminal,
      pcpu: (process.cpu * 100).toFixed(1),
      '%cpu': (process.cpu * 100).toFixed(1),
      pmem: ((process.memoryMb / memoryMb) * 100).toFixed(1),
      '%mem': ((process.memoryMb / memoryMb) * 100).toFixed(1),
      rss: String(Math.round(process.memoryMb * 1024)),
      etimes: String(Math.floor((nowMs - process.startedMs) / 1000)),
      time: longTime(process, nowMs),
      comm: process.command.split(' ')[0]?.split('/').at(-1) ?? '',
      cmd: process.command,
      args: process.command,
      command: process.command,
      stat: 'S',
    };
    return values[field.split('=')[0] ?? ''] ?? '-';
  };
  const heads = fields.map((field) => field.split('=')[1] ?? field.toUpperCase());
  const rows = list.map((process) => fields.map((field) => value(process, field)));
  const quiet = fields.every((field) => field.endsWith('='));
  await call.out(columns(quiet ? rows : [heads, ...rows], []));
  return list.length > 0 ? 0 : 1;
}

const signalName = (text: string) =>
  ({ 1: 'HUP', 2: 'INT', 3: 'QUIT', 9: 'KILL', 15: 'TERM' })[text] ?? text.replace(/^SIG/, '');

const kill: GuestCommand = {
  names: ['kill'],
  async run(call) {
    let signal = 'TERM';
    let targets = [...call.args];
    if (targets[0] === '-l') {
      await call.out('HUP INT QUIT KILL TERM\n');
      return 0;
    }
    if (targets[0] === '-s') [signal, targets] = [signalName(targets[1] ?? ''), targets.slice(2)];
    else if (targets[0]?.startsWith('-')) {
      [signal, targets] = [signalName(targets[0].slice(1)), targets.slice(1)];
    }
    if (targets.length === 0) {
      await call.error('kill: usage: kill [-s sigspec | -signum] pid | jobspec ...\n');
      return 2;
    }
    const jobs = await call.host.jobs();
    let status = 0;
    for (const target of targets) {
      const job = target.startsWith('%')
        ? jobs.find((each) => String(each.job) === target.slice(1))?.pid
        : Number(target);
      const result =
        job === undefined || !Number.isInteger(job)
          ? ('missing' as const)
          : await call.host.signal(job, signal);
      if (result === 'sent') continue;
      const reason = result === 'missing' ? 'No such process' : 'Operation not permitted';
      await call.error(`bash: kill: (${target}) - ${reason}\n`);
      status = 1;
    }
    return status;
  },
};

const find: GuestCommand = {
  names: ['pgrep', 'pkill', 'pidof', 'killall'],
  async run(call) {
    const { named, operands } = readOptions(call.args, 'u');
    const pattern = operands[0] ?? '';
    const { processes } = await call.host.machine();
    const whole = call.name === 'pidof' || call.name === 'killall';
    const found = processes.filter(({ command }) => {
      const name = command.split(' ')[0]?.split('/').at(-1) ?? '';
      if (whole) return name === pattern;
      return (named.has('f') ? command : name).includes(pattern);
    });
    if (pattern === '' || found.length === 0) return 1;
    if (call.name === 'pgrep' || call.name === 'pidof') {
      const separator = call.name === 'pidof' ? ' ' : '\n';
      const show = ({ pid, command }: ProcessState) =>
        named.has('a') ? `${pid} ${command}` : String(pid);
      await call.out(`${found.map(show).join(separator)}\n`);
      return 0;
    }
    for (const { pid } of found) await call.host.signal(pid, named.has('9') ? 'KILL' : 'TERM');
    return 0;
  },
};

const jobs: GuestCommand = {
  names: ['jobs'],
  async run(call) {
    for (const { job, text } of await call.host.jobs()) {
      await call.out(`[${job}]   Running                 ${text} &\n`);
    }
    return 0;
  },
};

export const processCommands: readonly GuestCommand[] = [processStatus, kill, find, jobs];
