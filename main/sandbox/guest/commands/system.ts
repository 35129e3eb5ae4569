/** uname, hostname, uptime, who, w, id, date and other questions to the machine. */
import { kernel, type MachineState } from '../machine-state.ts';
import { type GuestCommand, note } from './command.ts';
import { columns, readOptions } from './options.ts';
import { clockTimeSeconds, dayTime, upTime } from './times.ts';

const kernelName: GuestCommand = {
  names: ['uname', 'arch'],
  async run(call) {
    const { hostName } = await call.host.machine();
    const { named } = readOptions(call.name === 'arch' ? ['-m'] : call.args);
    const parts: readonly (readonly [string, string, string])[] = [
      ['s', 'kernel-name', 'Linux'],
      ['n', 'nodename', hostName],
      ['r', 'kernel-release', kernel.release],
      ['v', 'kernel-version', kernel.version],
      ['m', 'machine', 'x86_64'],
      ['o', 'operating-system', 'GNU/Linux'],
    ];
    const all = named.has('a') || named.has('all');
    const chosen = parts.filter(
      ([letter, name]) => all || named.has(letter) || named.has(name) || named.size === 0,
    );
    const shown = named.size === 0 ? chosen.slice(0, 1) : chosen;
    await call.out(`${shown.map(([, , value]) => value).join(' ')}\n`);
    return 0;
  },
};

const hostName: GuestCommand = {
  names: ['hostname'],
  async run(call) {
    const state = await call.host.machine();
    await call.out(call.args.includes('-I') ? '127.0.0.1\n' : `${state.hostName}\n`);
    return 0;
  },
};

const upLine = ({ nowMs, bootedMs, sessions, loadAverage }: MachineState) =>
  ` ${clockTimeSeconds(nowMs)} ${upTime((nowMs - bootedMs) / 1000)},  ${sessions.length} user${
    sessions.length === 1 ? '' : 's'
  },  load average: ${loadAverage.map((value) => value.toFixed(2)).join(', ')}\n`;

const uptime: GuestCommand = {
  names: ['uptime'],
  async run(call) {
    const state = await call.host.machine();
    const upSeconds = (state.nowMs - state.bootedMs) / 1000;
    if (call.args.includes('-p')) await call.out(`${upTime(upSeconds)}\n`);
    else if (call.args.includes('-s')) await call.out(`${dayTime(state.bootedMs)}:00\n`);
    else await call.out(upLine(state));
    return 0;
  },
};

const who: GuestCommand = {
  names: ['who', 'w', 'users', 'last'],
  async run(call) {
    const state = await call.host.machine();
    if (call.name === 'users') {
      await call.out(`${state.sessions.map(({ user }) => user).join(' ')}\n`);
      return 0;
    }
    const plain = state.sessions.map(({ user, terminal, sinceMs, from }) => [
      user,
      terminal,
      dayTime(sinceMs),
      `(${from})`,
    ]);
    if (call.name !== 'w') {
      await call.out(columns(plain, []));
      return 0;
    }
    const rows = state.sessions.map(({ user, terminal, sinceMs, from }) => {
      const running = state.processes.findLast((process) => process.terminal === terminal);
      return [user, terminal, from, dayTime(sinceMs).slice(11), '0.00s', running?.command ?? ''];
    });
    const heads = ['USER', 'TTY', 'FROM', 'LOGIN@', 'IDLE', 'WHAT'];
    await call.out(upLine(state) + columns([heads, ...rows], []));
    return 0;
  },
};

const identity: GuestCommand = {
  names: ['id', 'whoami', 'groups', 'logname'],
  async run(call) {
    const { named } = readOptions(call.args);
    if (call.name !== 'id' || named.has('n')) await call.out('root\n');
    else if (named.has('u') || named.has('g')) await call.out('0\n');
    else await call.out('uid=0(root) gid=0(root) groups=0(root)\n');
    return 0;
  },
};

const processors: GuestCommand = {
  names: ['nproc'],
  async run(call) {
    await call.out(`${(await call.host.machine()).cpus}\n`);
    return 0;
  },
};

const cpuList: GuestCommand = {
  names: ['lscpu'],
  async run(call) {
    const { cpus } = await call.host.machine();
    await call.out(
      `Architecture:        x86_64\nCPU(s):              ${cpus}\nModel name:          Simulated CPU @ 2.60GHz (Pilothouse sandbox)\nHypervisor vendor:   Pilothouse sandbox\n`,
    );
    return 0;
  },
};

/** The sandbox's clock, which may run faster than the world's. */
const date: GuestCommand = {
  names: ['date'],
  async run(call) {
    const { nowMs } = await call.host.machine();
    const asked = call.args.some((arg) => /^(-d|--date|-r|--reference|-s|--set)/.test(arg));
    const at = asked ? [] : ['-d', `@${Math.floor(nowMs / 1000)}`];
    const { output, errors, status } = await call.original([...at, ...call.args]);
    await call.out(output);
    await call.error(errors);
    return status;
  },
};

const answers: GuestCommand = {
  names: ['systemctl', 'service', 'journalctl', 'dmesg', 'reboot', 'shutdown', 'poweroff', 'halt'],
  async run(call) {
    if (call.name === 'dmesg' || call.name === 'journalctl') {
      await call.out(`[    0.000000] Linux version ${kernel.release} (${note})\n`);
      return 0;
    }
    await call.error(
      `${call.name}: this machine is ${note}; start, snapshot and release it from the console\n`,
    );
    return 1;
  },
};

export const systemCommands: readonly GuestCommand[] = [
  kernelName,
  hostName,
  uptime,
  who,
  identity,
  processors,
  cpuList,
  date,
  answers,
];
