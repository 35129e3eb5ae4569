/** top and htop: the machine at a glance, until q. */
import type { MachineState } from '../machine-state.ts';
import { type CommandCall, type GuestCommand, note } from './command.ts';
import { readOptions } from './options.ts';
import { bsdRow } from './processes.ts';
import { clear, ctrlC, inverse, onScreen, screenSize } from './screen.ts';
import { clockTimeSeconds, upTime } from './times.ts';

export const top: GuestCommand = {
  names: ['top', 'htop', 'nvtop', 'gpustat'],
  async run(call) {
    const { named } = readOptions(call.args, 'd n p u');
    const everyMs = Math.max(Number(named.get('d') ?? 3) * 1000, 100);
    const turns = Number(named.get('n') ?? Number.POSITIVE_INFINITY);
    if (!call.live || named.has('b')) {
      const limit = Number.isFinite(turns) ? turns : call.live ? turns : 1;
      for (let turn = 0; turn < limit; turn += 1) {
        if (turn > 0) await call.pause(everyMs);
        await call.out(`${page(await call.host.machine(), 200, 1000).join('\n')}\n\n`);
      }
      return 0;
    }
    return onScreen(call, () => loop(call, everyMs, turns));
  },
};

async function loop(call: CommandCall, everyMs: number, turns: number): Promise<number> {
  for (let turn = 0; turn < turns; turn += 1) {
    const { columns, rows } = await screenSize(call);
    const lines = page(await call.host.machine(), columns, rows - 1);
    await call.out(clear + lines.join('\n'));
    const key = await call.keys(everyMs);
    if (key === 'q' || key.includes(ctrlC)) break;
  }
  return 0;
}

function page(state: MachineState, columns: number, rows: number): readonly string[] {
  const { nowMs, bootedMs, sessions, loadAverage, processes, cpu, memoryMb, memoryUsedMb } = state;
  const running = processes.filter((process) => process.cpu > 0.5).length;
  const mebibytes = (value: number) => value.toFixed(1).padStart(9);
  const heads = 'USER PID %CPU %MEM VIRT RES TTY S START TIME+ COMMAND'.split(' ');
  const widths = [6, 6, 5, 4, 9, 8, 6, 1, 5, 6, 0];
  const row = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === cells.length - 1 ? cell : cell.padStart(widths[at] ?? 0)))
      .join(' ')
      .slice(0, columns);
  const sorted = [...processes].sort((one, other) => other.cpu - one.cpu);
  return [
    `top - ${clockTimeSeconds(nowMs)} ${upTime((nowMs - bootedMs) / 1000)}, ${sessions.length} user, load average: ${loadAverage
      .map((value) => value.toFixed(2))
      .join(', ')}   (${note})`,
    `Tasks: ${processes.length} total, ${running} running, ${processes.length - running} sleeping`,
    `%Cpu(s): ${(cpu * 100).toFixed(1).padStart(5)} us, ${((1 - cpu) * 100).toFixed(1).padStart(5)} id`,
    `MiB Mem : ${mebibytes(memoryMb)} total, ${mebibytes(memoryMb - memoryUsedMb)} free, ${mebibytes(memoryUsedMb)} used`,
    ...state.gpus.map(
      ({ name, load, memoryUsedMb: used, memoryMb: total }, index) =>
        `GPU ${index}   : ${name}, ${Math.round(load * 100)} % busy, ${Math.round(used)} / ${total} MiB`,
    ),
    '',
    inverse(row(heads).padEnd(columns)),
    ...sorted.map((process) => row(bsdRow(process, state))),
  ]
    .map((line) => (line.startsWith('\x1b') ? line : line.slice(0, columns)))
    .slice(0, rows);
}
