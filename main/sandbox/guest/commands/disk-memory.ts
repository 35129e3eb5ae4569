/** df, free, lsblk: how much there is and how much is used. */
import { datadriveGb, type MachineState } from '../machine-state.ts';
import { type GuestCommand, pathIn } from './command.ts';
import { columns, readOptions } from './options.ts';

interface Volume {
  readonly device: string;
  readonly type: string;
  readonly mount: string;
  readonly totalKib: number;
  readonly usedKib: number;
}

const kibPerGib = 1024 * 1024;

function volumes({ diskGb, diskUsedGb, memoryMb, datadrive }: MachineState): readonly Volume[] {
  const volume = (device: string, type: string, mount: string, total: number, used: number) => ({
    device,
    type,
    mount,
    totalKib: Math.round(total * kibPerGib),
    usedKib: Math.round(used * kibPerGib),
  });
  return [
    volume('/dev/vda1', 'ext4', '/', diskGb, diskUsedGb),
    volume('tmpfs', 'tmpfs', '/dev/shm', memoryMb / 2048, 0),
    ...(datadrive
      ? [volume('datadrive', 'nfs4', '/datadrive', datadriveGb, datadrive.usedGb)]
      : []),
  ];
}

const units = ['K', 'M', 'G', 'T'];

export function human(kibibytes: number): string {
  let value = kibibytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (value === 0) return '0';
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${units[unit]}`;
}

const diskFree: GuestCommand = {
  names: ['df'],
  async run(call) {
    const { named, operands } = readOptions(call.args, 't type x exclude-type B block-size');
    let list = volumes(await call.host.machine());
    if (operands.length > 0) {
      const found: Volume[] = [];
      for (const operand of operands) {
        const path = pathIn(call, operand);
        if (!(await call.files.exists(path))) {
          await call.error(`df: ${operand}: No such file or directory\n`);
          return 1;
        }
        const on = list.findLast(
          ({ mount }) => mount === '/' || path === mount || path.startsWith(`${mount}/`),
        );
        if (on) found.push(on);
      }
      list = found;
    }
    const readable = named.has('h') || named.has('human-readable');
    const scale = named.has('m') || named.get('B') === 'M' ? 1024 : 1;
    const size = (kib: number) => (readable ? human(kib) : String(Math.ceil(kib / scale)));
    const withType = named.has('T') || named.has('print-type');
    const sizeTitle = readable ? 'Size' : scale > 1 ? '1M-blocks' : '1K-blocks';
    const title = named.has('P') && !readable ? '1024-blocks' : sizeTitle;
    const rows = list.map(({ device, type, mount, totalKib, usedKib }) => [
      device,
      ...(withType ? [type] : []),
      size(totalKib),
      size(usedKib),
      size(totalKib - usedKib),
      `${totalKib > 0 ? Math.ceil((usedKib / totalKib) * 100) : 0}%`,
      mount,
    ]);
    const heads = [
      'Filesystem',
      ...(withType ? ['Type'] : []),
      title,
      'Used',
      readable ? 'Avail' : 'Available',
      named.has('P') ? 'Capacity' : 'Use%',
      'Mounted on',
    ];
    const first = withType ? 2 : 1;
    await call.out(columns([heads, ...rows], [first, first + 1, first + 2, first + 3]));
    return 0;
  },
};

const free: GuestCommand = {
  names: ['free'],
  async run(call) {
    const { named } = readOptions(call.args, 's seconds c count');
    const readable = named.has('h') || named.has('human');
    const scale = named.has('g') ? 1024 * 1024 : named.has('m') ? 1024 : 1;
    const size = (mebibytes: number) =>
      readable
        ? human(mebibytes * 1024).replace(/(\d)([KMGT])$/, '$1$2i')
        : String(Math.round((mebibytes * 1024) / scale));
    const { memoryMb, memoryUsedMb, memoryCachedMb } = await call.host.machine();
    const available = memoryMb - memoryUsedMb;
    const cached = Math.min(memoryCachedMb, available);
    const line = (name: string, values: readonly number[]) =>
      `${name.padEnd(8)}${values.map((value) => size(value).padStart(12)).join('')}\n`;
    const heads = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
    await call.out(
      `${' '.repeat(8)}${heads.map((head) => head.padStart(12)).join('')}\n` +
        line('Mem:', [memoryMb, memoryUsedMb, available - cached, 2, cached, available]) +
        line('Swap:', [0, 0, 0]),
    );
    return 0;
  },
};

const blocks: GuestCommand = {
  names: ['lsblk'],
  async run(call) {
    const { diskGb } = await call.host.machine();
    await call.out(
      columns(
        [
          ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS'],
          ['vda', '252:0', '0', `${diskGb}G`, '0', 'disk', ''],
          ['└─vda1', '252:1', '0', `${diskGb}G`, '0', 'part', '/'],
        ],
        [3],
      ),
    );
    return 0;
  },
};

const mount: GuestCommand = {
  names: ['mount'],
  async run(call) {
    if (call.args.length > 0) {
      await call.error('mount: the data drive is attached when an instance is created\n');
      return 32;
    }
    for (const line of (await call.files.readFile('/proc/mounts')).trim().split('\n')) {
      const [device, path, type, options] = line.split(' ');
      await call.out(`${device} on ${path} type ${type} (${options})\n`);
    }
    return 0;
  },
};

export const diskAndMemory: readonly GuestCommand[] = [diskFree, free, blocks, mount];
