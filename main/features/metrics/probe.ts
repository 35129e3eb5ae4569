/** One look at a machine over SSH: a POSIX script of our own, and its answer read as hostile text. */
import type { Fact } from '../../../preload/contract/instances.ts';
import type { GpuSample, Sample } from '../../../preload/contract/metrics.ts';

/** Sections begin with `@@ <name>`; whatever a machine does not have is left out. */
export const probeScript = `
echo '@@ stat'; head -n 1 /proc/stat 2>/dev/null
echo '@@ memory'; grep -E '^(MemTotal|MemAvailable):' /proc/meminfo 2>/dev/null
echo '@@ disk'; df -Pk / 2>/dev/null | tail -n 1
echo '@@ network'; cat /proc/net/dev 2>/dev/null
echo '@@ cpu'; grep -c '^processor' /proc/cpuinfo 2>/dev/null; grep -m 1 '^model name' /proc/cpuinfo 2>/dev/null
echo '@@ system'; uname -srm 2>/dev/null; (. /etc/os-release 2>/dev/null; echo "$PRETTY_NAME")
echo '@@ gpu'; command -v nvidia-smi >/dev/null 2>&1 && timeout 5 nvidia-smi --query-gpu=name,utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits 2>/dev/null
echo '@@ end'
`;

/** Counters that mean something only as a difference. */
export interface Counters {
  readonly atMs: number;
  readonly cpuBusy: number | undefined;
  readonly cpuTotal: number | undefined;
  readonly networkIn: number | undefined;
  readonly networkOut: number | undefined;
}

export interface ProbeResult {
  readonly counters: Counters;
  readonly memoryTotal: number | undefined;
  readonly memoryUsed: number | undefined;
  readonly diskTotal: number | undefined;
  readonly diskUsed: number | undefined;
  readonly gpus: readonly GpuSample[];
  readonly hardware: readonly Fact[];
}

const kibibyte = 1024;
const mebibyte = 1024 * 1024;

/** @returns undefined when the machine answered nothing of this, as one without /proc */
export function parseProbe(output: string, atMs: number): ProbeResult | undefined {
  const sections = new Map<string, readonly string[]>();
  for (const section of output.slice(0, 200_000).split(/^@@ /m).slice(1)) {
    const [name = '', ...lines] = section.split('\n').map((line) => line.trim());
    sections.set(
      name,
      lines.filter((line) => line !== ''),
    );
  }
  const lines = (name: string): readonly string[] => sections.get(name) ?? [];
  if (!sections.has('end') || lines('memory').length + lines('stat').length === 0) return undefined;

  const memory = Object.fromEntries(
    lines('memory').map((line) => {
      const [name = '', value] = line.split(/[:\s]+/);
      return [name, number(value, kibibyte)];
    }),
  );
  // From the end: a device's name may have spaces.
  const disk = lines('disk')[0]?.split(/\s+/) ?? [];
  const diskTotal = number(disk.at(-5), kibibyte);
  const gpus = lines('gpu').slice(0, 64).flatMap(parseGpu);
  const { MemTotal: memoryTotal, MemAvailable: memoryFree } = memory;
  return {
    counters: { atMs, ...cpuCounters(lines('stat')[0]), ...networkCounters(lines('network')) },
    memoryTotal,
    memoryUsed:
      memoryTotal !== undefined && memoryFree !== undefined
        ? Math.max(memoryTotal - memoryFree, 0)
        : undefined,
    diskTotal,
    diskUsed: number(disk.at(-4), kibibyte),
    gpus,
    hardware: hardwareFacts(lines('cpu'), lines('system'), memoryTotal, diskTotal, gpus),
  };
}

/** A sample from two looks; without an earlier one, what needs a difference is left out. */
export function toSample(result: ProbeResult, before: Counters | undefined): Sample {
  const now = result.counters;
  const elapsedS = before ? (now.atMs - before.atMs) / 1000 : 0;
  const difference = (name: 'cpuBusy' | 'cpuTotal' | 'networkIn' | 'networkOut') => {
    const [a, b] = [before?.[name], now[name]];
    // Counters go back to zero at a reboot.
    return a !== undefined && b !== undefined && b >= a && elapsedS > 0 ? b - a : undefined;
  };
  const [busy, total] = [difference('cpuBusy'), difference('cpuTotal')];
  const [received, sent] = [difference('networkIn'), difference('networkOut')];
  return {
    at: new Date(now.atMs).toISOString(),
    ...(busy !== undefined &&
      total !== undefined &&
      total > 0 && { cpu: Math.min(busy / total, 1) }),
    ...(result.memoryUsed !== undefined && { memoryUsed: result.memoryUsed }),
    ...(result.memoryTotal !== undefined && { memoryTotal: result.memoryTotal }),
    ...(result.diskUsed !== undefined && { diskUsed: result.diskUsed }),
    ...(result.diskTotal !== undefined && { diskTotal: result.diskTotal }),
    ...(received !== undefined && { networkIn: received / elapsedS }),
    ...(sent !== undefined && { networkOut: sent / elapsedS }),
    gpus: result.gpus,
  };
}

function number(text: string | undefined, unit = 1): number | undefined {
  return text !== undefined && /^\d{1,18}$/.test(text) ? Number(text) * unit : undefined;
}

/** `cpu user nice system idle iowait irq softirq steal …` in ticks (proc(5)). */
function cpuCounters(line: string | undefined): Pick<Counters, 'cpuBusy' | 'cpuTotal'> {
  const ticks =
    line
      ?.split(/\s+/)
      .slice(1, 9)
      .map((text) => number(text) ?? 0) ?? [];
  if (ticks.length < 4) return { cpuBusy: undefined, cpuTotal: undefined };
  const cpuTotal = ticks.reduce((sum, value) => sum + value, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { cpuBusy: cpuTotal - idle, cpuTotal };
}

/** Bytes over every interface but loopback and those that repeat a physical one's. */
function networkCounters(lines: readonly string[]): Pick<Counters, 'networkIn' | 'networkOut'> {
  let networkIn: number | undefined;
  let networkOut: number | undefined;
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([\w.@-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === '' || /^(lo|docker|veth|br-|virbr|tun|wg)/.test(name)) continue;
    const columns = rest.split(/\s+/);
    networkIn = (networkIn ?? 0) + (number(columns[0]) ?? 0);
    networkOut = (networkOut ?? 0) + (number(columns[8]) ?? 0);
  }
  return { networkIn, networkOut };
}

function parseGpu(line: string): readonly GpuSample[] {
  const [name = '', load, used, total] = line.split(',').map((part) => part.trim());
  const memoryTotal = number(total, mebibyte);
  if (name === '' || memoryTotal === undefined) return [];
  return [
    {
      name: name.slice(0, 100),
      load: Math.min((number(load) ?? 0) / 100, 1),
      memoryUsed: number(used, mebibyte) ?? 0,
      memoryTotal,
    },
  ];
}

const gibibytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

function hardwareFacts(
  cpu: readonly string[],
  system: readonly string[],
  memoryTotal: number | undefined,
  diskTotal: number | undefined,
  gpus: readonly GpuSample[],
): readonly Fact[] {
  const model = cpu.find((line) => line.startsWith('model name'))?.replace(/^[^:]*:\s*/, '');
  const facts: readonly (Fact | undefined)[] = [
    model ? { label: 'cpu-model', value: model } : undefined,
    number(cpu[0]) ? { label: 'cpu-count', value: String(number(cpu[0])) } : undefined,
    memoryTotal ? { label: 'memory', value: gibibytes(memoryTotal) } : undefined,
    diskTotal ? { label: 'system-disk', value: gibibytes(diskTotal) } : undefined,
    ...gpus.map((gpu) => ({
      label: 'gpu',
      value: `${gpu.name}, ${gibibytes(gpu.memoryTotal)}`,
    })),
    system[0] ? { label: 'kernel', value: system[0] } : undefined,
    system[1] ? { label: 'operating-system', value: system[1] } : undefined,
  ];
  return facts.flatMap((fact) => (fact ? [{ ...fact, value: fact.value.slice(0, 200) }] : []));
}
