/** /proc of a guest: what monitors read, made up from the simulated machine at each look. */
import type { Machine } from '../machine.ts';
import { kernel } from '../machine-state.ts';
import { createDirectory, createLiveFile, type DirectoryEntry, type Entry } from './file-node.ts';

/** Ticks a second, as getconf CLK_TCK says. */
const ticks = 100;

export function createProc(machine: Machine): DirectoryEntry {
  const texts: Readonly<Record<string, () => string>> = {
    stat: () => statistics(machine),
    meminfo: () => memoryInfo(machine),
    cpuinfo: () => cpuInfo(machine),
    uptime: () => `${machine.upSeconds.toFixed(2)} ${idleSeconds(machine).toFixed(2)}\n`,
    loadavg: () => loadAverage(machine),
    version: () => `Linux version ${kernel.release} (pilothouse) ${kernel.version}\n`,
    mounts: () => mounts(machine),
    cmdline: () => 'BOOT_IMAGE=/boot/vmlinuz ro quiet pilothouse-sandbox\n',
  };
  const fixed = new Map<string, Entry>(
    Object.entries(texts).map(([name, live]) => [name, createLiveFile(live)]),
  );
  const network = createDirectory(0o555, 0, { builtIn: true });
  network.entries.set(
    'dev',
    createLiveFile(() => networkDevices(machine)),
  );
  fixed.set('net', network);
  return createDirectory(0o555, 0, {
    builtIn: true,
    live: () => new Map([...fixed, ...processes(machine)]),
  });
}

function processes(machine: Machine): readonly (readonly [string, Entry])[] {
  return machine.state().processes.map(({ pid, command, parent, memoryMb }) => {
    const directory = createDirectory(0o555, 0, { builtIn: true });
    const name = command.split(' ')[0]?.split('/').at(-1) ?? '';
    const add = (file: string, text: string) =>
      directory.entries.set(
        file,
        createLiveFile(() => text),
      );
    add('cmdline', `${command.split(' ').join('\0')}\0`);
    add('comm', `${name}\n`);
    add(
      'status',
      `Name:\t${name}\nState:\tS (sleeping)\nPid:\t${pid}\nPPid:\t${parent}\n` +
        `Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nVmRSS:\t${Math.round(memoryMb * 1024)} kB\n`,
    );
    return [String(pid), directory] as const;
  });
}

const idleSeconds = (machine: Machine) =>
  Math.max(machine.upSeconds * machine.state().cpus - machine.busySeconds(), 0);

function statistics(machine: Machine): string {
  const { cpus, bootedMs, processes: list } = machine.state();
  const line = (name: string, share: number) => {
    const busy = Math.floor(machine.busySeconds() * ticks * share);
    const user = Math.floor(busy * 0.86);
    const idle = Math.floor(idleSeconds(machine) * ticks * share);
    return `${name} ${user} 0 ${busy - user} ${idle} 0 0 0 0 0 0`;
  };
  return [
    line('cpu ', 1),
    ...Array.from({ length: cpus }, (_, index) => line(`cpu${index}`, 1 / cpus)),
    `ctxt ${Math.floor(machine.upSeconds * 900)}`,
    `btime ${Math.floor(bootedMs / 1000)}`,
    `processes ${list.length}`,
    'procs_running 1',
    'procs_blocked 0',
    '',
  ].join('\n');
}

function memoryInfo(machine: Machine): string {
  const { memoryMb, memoryUsedMb, memoryCachedMb } = machine.state();
  const line = (name: string, mebibytes: number) =>
    `${`${name}:`.padEnd(15)} ${String(Math.round(mebibytes * 1024)).padStart(10)} kB`;
  const available = memoryMb - memoryUsedMb;
  return [
    line('MemTotal', memoryMb),
    line('MemFree', Math.max(available - memoryCachedMb, 0)),
    line('MemAvailable', available),
    line('Buffers', 64),
    line('Cached', Math.min(memoryCachedMb, available)),
    line('SwapTotal', 0),
    line('SwapFree', 0),
    '',
  ].join('\n');
}

function cpuInfo(machine: Machine): string {
  const { cpus } = machine.state();
  return Array.from({ length: cpus }, (_, index) =>
    [
      `processor\t: ${index}`,
      'vendor_id\t: PilothouseSandbox',
      'model name\t: Simulated CPU @ 2.60GHz (Pilothouse sandbox)',
      'cpu MHz\t\t: 2600.000',
      'cache size\t: 32768 KB',
      `siblings\t: ${cpus}`,
      `cpu cores\t: ${cpus}`,
      'flags\t\t: fpu simulated',
      '',
      '',
    ].join('\n'),
  ).join('');
}

function loadAverage(machine: Machine): string {
  const { loadAverage: averages, processes: list } = machine.state();
  const last = list.at(-1)?.pid ?? 1;
  return `${averages.map((value) => value.toFixed(2)).join(' ')} 1/${list.length} ${last}\n`;
}

function mounts(machine: Machine): string {
  const { datadrive } = machine.state();
  const drive = datadrive
    ? `datadrive /datadrive nfs4 ${datadrive.readOnly ? 'ro' : 'rw'},relatime 0 0\n`
    : '';
  return `/dev/vda1 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n${drive}`;
}

function networkDevices(machine: Machine): string {
  const { receivedBytes, sentBytes } = machine.state();
  const line = (name: string, received: number, sent: number) => {
    const columns = (bytes: number) =>
      `${String(bytes).padStart(10)} ${String(Math.ceil(bytes / 800)).padStart(8)}    0    0    0     0          0         0`;
    return `${name.padStart(6)}: ${columns(received)} ${columns(sent)}\n`;
  };
  return (
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n' +
    line('lo', 84_000, 84_000) +
    line('eth0', receivedBytes, sentBytes)
  );
}
