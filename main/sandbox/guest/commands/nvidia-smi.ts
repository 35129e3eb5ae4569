/** nvidia-smi of the simulated GPUs: the table, `-L`, `-l N`, and `--query-gpu` as monitors ask it. */
import type { GpuState, MachineState } from '../machine-state.ts';
import { type CommandCall, type GuestCommand, note } from './command.ts';
import { longDate } from './times.ts';

const driver = '550.sandbox';

type Field = (gpu: GpuState, index: number, state: MachineState) => readonly [string, string?];

const percent = (value: number): readonly [string, string] => [
  String(Math.round(value * 100)),
  ' %',
];
const mebibytes = (value: number): readonly [string, string] => [String(Math.round(value)), ' MiB'];
const watts = (value: number): readonly [string, string] => [value.toFixed(2), ' W'];

const fields: Readonly<Record<string, Field>> = {
  index: (_, index) => [String(index)],
  name: ({ name }) => [name],
  gpu_name: ({ name }) => [name],
  uuid: (gpu, index) => [uuid(gpu, index)],
  gpu_uuid: (gpu, index) => [uuid(gpu, index)],
  count: (_, __, { gpus }) => [String(gpus.length)],
  driver_version: () => [driver],
  timestamp: (_, __, { nowMs }) => [
    new Date(nowMs).toISOString().replaceAll('-', '/').replace('T', ' ').slice(0, 23),
  ],
  'utilization.gpu': ({ load }) => percent(load),
  'utilization.memory': ({ memoryUsedMb, memoryMb }) => percent((memoryUsedMb / memoryMb) * 0.8),
  'memory.total': ({ memoryMb }) => mebibytes(memoryMb),
  'memory.used': ({ memoryUsedMb }) => mebibytes(memoryUsedMb),
  'memory.free': ({ memoryMb, memoryUsedMb }) => mebibytes(memoryMb - memoryUsedMb),
  'temperature.gpu': ({ temperatureC }) => [String(temperatureC)],
  'power.draw': ({ powerW }) => watts(powerW),
  'power.limit': ({ powerLimitW }) => watts(powerLimitW),
  'fan.speed': ({ load }) => percent(0.3 + load * 0.4),
  pstate: ({ load }) => [load > 0.05 ? 'P2' : 'P8'],
  'clocks.sm': ({ load }) => [String(Math.round(300 + load * 1700)), ' MHz'],
  compute_mode: () => ['Default'],
};

const uuid = ({ name }: GpuState, index: number) =>
  `GPU-5a4d${String(name.length).padStart(4, '0')}-0000-0000-0000-${String(index).padStart(12, '0')}`;

export const nvidiaSmi: GuestCommand = {
  names: ['nvidia-smi'],
  async run(call) {
    const first = await call.host.machine();
    if (first.gpus.length === 0) {
      await call.error('NVIDIA-SMI: No devices were found\n');
      return 6;
    }
    if (call.args.includes('-L')) {
      for (const [index, gpu] of first.gpus.entries()) {
        await call.out(`GPU ${index}: ${gpu.name} (UUID: ${uuid(gpu, index)})\n`);
      }
      return 0;
    }
    const everyMs = loopMs(call.args);
    for (let turn = 0; ; turn += 1) {
      const state = turn === 0 ? first : await call.host.machine();
      const status = await show(call, state, turn === 0);
      if (status !== 0 || everyMs === undefined) return status;
      await call.pause(everyMs);
    }
  },
};

function loopMs(args: readonly string[]): number | undefined {
  for (const [index, arg] of args.entries()) {
    const [, name = '', value] = /^(-lms|--loop-ms|-l|--loop)(?:=?([\d.]+))?$/.exec(arg) ?? [];
    if (name === '') continue;
    const amount = Number(value ?? args[index + 1]) || 5;
    return Math.max(name.endsWith('ms') ? amount : amount * 1000, 50);
  }
  return undefined;
}

async function show(call: CommandCall, state: MachineState, isFirst: boolean): Promise<number> {
  const query = call.args.find((arg) => /^--query-gpu=/.test(arg))?.slice('--query-gpu='.length);
  if (query !== undefined) return queryGpus(call, state, query, isFirst);
  if (call.args.some((arg) => arg.startsWith('--query-compute-apps'))) {
    const users = state.processes.filter(({ gpuMemoryMb }) => gpuMemoryMb > 0);
    await call.out('pid, process_name, used_gpu_memory [MiB]\n');
    for (const { pid, command, gpuMemoryMb } of users) {
      await call.out(`${pid}, ${command.split(' ')[0]}, ${Math.round(gpuMemoryMb)} MiB\n`);
    }
    return 0;
  }
  await call.out(table(state));
  return 0;
}

async function queryGpus(
  call: CommandCall,
  state: MachineState,
  query: string,
  isFirst: boolean,
): Promise<number> {
  const names = query.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    await call.out(`Field "${unknown}" is not a valid field to query.\n`);
    return 2;
  }
  const format = call.args.find((arg) => arg.startsWith('--format='))?.slice('--format='.length);
  if (!format?.split(',').includes('csv')) {
    await call.out('"--format=" must be "csv" with "--query-gpu"\n');
    return 2;
  }
  const units = !format.includes('nounits');
  const value = (name: string, gpu: GpuState, index: number) => {
    const [text, unit = ''] = fields[name]?.(gpu, index, state) ?? ['[N/A]'];
    return units ? text + unit : text;
  };
  if (isFirst && !format.includes('noheader')) {
    const unitOf = (name: string) => {
      const [gpu] = state.gpus;
      const unit = (gpu && fields[name]?.(gpu, 0, state)[1]) ?? '';
      return unit === '' ? name : `${name} [${unit.trim()}]`;
    };
    await call.out(`${names.map(unitOf).join(', ')}\n`);
  }
  for (const [index, gpu] of state.gpus.entries()) {
    await call.out(`${names.map((name) => value(name, gpu, index)).join(', ')}\n`);
  }
  return 0;
}

function table({ gpus, processes, nowMs }: MachineState): string {
  const wide = (text: string) => `| ${text.padEnd(87)} |\n`;
  const edge = `+${'-'.repeat(89)}+\n`;
  const rule = `|${'-'.repeat(41)}+${'-'.repeat(24)}+${'-'.repeat(22)}|\n`;
  const row = (left: string, middle: string, right: string) =>
    `| ${left.padEnd(39)} | ${middle.padEnd(22)} | ${right.padEnd(20)} |\n`;
  const users = processes.filter(({ gpuMemoryMb }) => gpuMemoryMb > 0);
  return [
    `${longDate(nowMs)}\n`,
    edge,
    wide(`NVIDIA-SMI ${driver}   Driver Version: ${driver}   CUDA Version: 12.4 (simulated)`),
    rule,
    row('GPU  Name', 'Bus-Id', 'GPU-Util  Compute M.'),
    row('Fan  Temp  Perf          Pwr:Usage/Cap', 'Memory-Usage', ''),
    rule.replaceAll('-', '='),
    ...gpus.map((gpu, index) => {
      const power = `${gpu.powerW}W / ${gpu.powerLimitW}W`;
      return (
        row(
          ` ${index}   ${gpu.name}`.slice(0, 39),
          `00000000:0${index + 1}:00.0 Off`,
          `${String(Math.round(gpu.load * 100)).padStart(5)}%     Default`,
        ) +
        row(
          `${String(Math.round(30 + gpu.load * 40)).padStart(3)}%  ${gpu.temperatureC}C    ${
            gpu.load > 0.05 ? 'P2' : 'P8'
          }${power.padStart(22)}`,
          `${Math.round(gpu.memoryUsedMb)}MiB / ${gpu.memoryMb}MiB`.padStart(21),
          '',
        )
      );
    }),
    edge,
    wide('Processes:                                                        PID   GPU Memory'),
    ...(users.length > 0
      ? users.map(({ pid, command, gpuMemoryMb }) =>
          wide(
            `${command.slice(0, 62).padEnd(63)}${String(pid).padStart(6)}${`${Math.round(gpuMemoryMb)}MiB`.padStart(13)}`,
          ),
        )
      : [wide('No running processes found')]),
    edge,
    `${note[0]?.toUpperCase()}${note.slice(1)}.\n`,
  ].join('');
}
