/** A guest's simulated hardware: processes and what they use, counters that grow with time, who is signed in. */
import type {
  Demand,
  KeptShellState,
  MachineState,
  ProcessState,
  SessionState,
} from './machine-state.ts';

export interface MachineOptions {
  readonly hostName: string;
  readonly image: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly diskGb: number;
  readonly gpus: readonly { readonly name: string; readonly memoryMb: number }[];
  readonly datadrive?: { readonly readOnly: boolean };
  /** Absent: it boots now. */
  readonly bootedMs?: number;
  now(): number;
  /** Bytes really stored. */
  rootBytes(): number;
  datadriveBytes(): number;
}

export interface StartedProcess {
  readonly pid: number;
  setDemand(demand: Demand): void;
  end(): void;
}

export interface ProcessOptions {
  readonly command: string;
  readonly terminal?: string;
  readonly parent?: number;
  readonly demand?: Demand;
  /** Absent: nothing ends it. */
  readonly onSignal?: (signal: string) => void;
}

type Process = Omit<ProcessState, 'cpu' | 'memoryMb' | 'gpuLoad' | 'gpuMemoryMb'> & {
  demand: Demand;
  readonly onSignal: ((signal: string) => void) | undefined;
};

const gibibyte = 1024 ** 3;
/** What an image of Linux with CUDA takes, though no file of the simulation stands for it. */
const imageGb = 18.2;
const baseMemoryMb = 640;

export class Machine {
  readonly #options: MachineOptions;
  readonly #bootedMs: number;
  readonly #processes = new Map<number, Process>();
  readonly #sessions = new Set<SessionState>();
  readonly #keptShells = new Set<() => KeptShellState>();
  #nextPid = 1200;
  /** Core-milliseconds used by processes up to `#integratedMs`. */
  #coreMs = 0;
  #integratedMs: number;
  #receivedBytes = 0;
  #sentBytes = 0;

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#bootedMs = options.bootedMs ?? options.now();
    this.#integratedMs = options.now();
  }

  /** Those of every Linux, with numbers that stay. */
  boot(processes: readonly (ProcessOptions & { readonly pid: number })[]): void {
    for (const { pid, ...options } of processes) this.#add(pid, options, this.#bootedMs);
  }

  start(options: ProcessOptions): StartedProcess {
    this.#nextPid += 1 + (this.#nextPid % 3);
    const pid = this.#nextPid;
    const process = this.#add(pid, options);
    return {
      pid,
      setDemand: (demand) => {
        this.#integrate();
        process.demand = demand;
      },
      end: () => {
        this.#integrate();
        this.#processes.delete(pid);
      },
    };
  }

  /** @returns whether there is such a process, and whether it may be signalled */
  signal(pid: number, signal: string): 'sent' | 'missing' | 'refused' {
    const process = this.#processes.get(pid);
    if (!process) return 'missing';
    if (signal === '0') return 'sent';
    if (!process.onSignal) return 'refused';
    process.onSignal(signal);
    return 'sent';
  }

  /** Ends every process that can be ended. */
  shutDown(): void {
    for (const { onSignal } of [...this.#processes.values()]) onSignal?.('KILL');
  }

  signIn(session: SessionState): () => void {
    this.#sessions.add(session);
    return () => this.#sessions.delete(session);
  }

  /** @param tell how it is just now */
  keepShell(tell: () => KeptShellState): () => void {
    this.#keptShells.add(tell);
    return () => this.#keptShells.delete(tell);
  }

  count(receivedBytes: number, sentBytes: number): void {
    this.#receivedBytes += receivedBytes;
    this.#sentBytes += sentBytes;
  }

  /** Core-seconds since the start. */
  busySeconds(): number {
    this.#integrate();
    const upMs = this.upSeconds * 1000;
    return (this.#coreMs + upMs * idleCpu * this.#options.cpus) / 1000;
  }

  get upSeconds(): number {
    return Math.max(this.#options.now() - this.#bootedMs, 0) / 1000;
  }

  state(): MachineState {
    const { options, processes } = { options: this.#options, processes: this.#list() };
    const nowMs = options.now();
    const sum = (of: (process: ProcessState) => number) =>
      processes.reduce((total, process) => total + of(process), 0);
    const cores = sum(({ cpu }) => cpu);
    const cpu = Math.min((cores + idleCpu * options.cpus) / options.cpus, 1);
    const gpuLoad = Math.min(
      sum((process) => process.gpuLoad),
      1,
    );
    const gpuMemoryMb = sum((process) => process.gpuMemoryMb);
    const wave = (periodMs: number) => Math.sin(nowMs / periodMs);
    const load = cores + idleCpu * options.cpus;
    return {
      nowMs,
      bootedMs: this.#bootedMs,
      hostName: options.hostName,
      image: options.image,
      cpus: options.cpus,
      cpu,
      loadAverage: [load, load * 0.9, load * 0.8],
      memoryMb: options.memoryMb,
      memoryUsedMb: Math.min(
        baseMemoryMb + sum(({ memoryMb }) => memoryMb) + 12 * wave(40_000),
        options.memoryMb * 0.98,
      ),
      memoryCachedMb: options.memoryMb * 0.12,
      diskGb: options.diskGb,
      diskUsedGb: Math.min(imageGb + options.rootBytes() / gibibyte, options.diskGb),
      ...(options.datadrive && {
        datadrive: {
          usedGb: options.datadriveBytes() / gibibyte,
          readOnly: options.datadrive.readOnly,
        },
      }),
      gpus: options.gpus.map(({ name, memoryMb }, index) => {
        const used = Math.min(gpuLoad * (1 + 0.02 * wave(900 + index * 130)), 1);
        const powerLimitW = powerLimits.find(([pattern]) => pattern.test(name))?.[1] ?? 300;
        return {
          name,
          memoryMb,
          memoryUsedMb: Math.min(Math.round(gpuMemoryMb) + 4, memoryMb),
          load: Math.max(used, 0),
          temperatureC: Math.round(33 + 38 * used + index),
          powerW: Math.round(powerLimitW * (0.07 + 0.85 * used)),
          powerLimitW,
        };
      }),
      processes,
      sessions: [...this.#sessions],
      keptShells: [...this.#keptShells].map((tell) => tell()),
      receivedBytes: Math.round(this.#receivedBytes + this.upSeconds * 210),
      sentBytes: Math.round(this.#sentBytes + this.upSeconds * 160),
    };
  }

  #add(
    pid: number,
    { command, terminal, parent, demand, onSignal }: ProcessOptions,
    startedMs = this.#options.now(),
  ): Process {
    this.#integrate();
    const process: Process = {
      pid,
      parent: parent ?? 1,
      user: 'root',
      terminal: terminal ?? '?',
      startedMs,
      command,
      demand: demand ?? {},
      onSignal,
    };
    this.#processes.set(pid, process);
    return process;
  }

  #list(): readonly ProcessState[] {
    return [...this.#processes.values()]
      .sort((one, other) => one.pid - other.pid)
      .map(({ demand, onSignal: _, ...process }) => ({
        ...process,
        cpu: demand.cpu ?? 0,
        memoryMb: demand.memoryMb ?? 4,
        gpuLoad: demand.gpuLoad ?? 0,
        gpuMemoryMb: demand.gpuMemoryMb ?? 0,
      }));
  }

  #integrate(): void {
    const nowMs = this.#options.now();
    let cores = 0;
    for (const { demand } of this.#processes.values()) cores += demand.cpu ?? 0;
    this.#coreMs += Math.max(nowMs - this.#integratedMs, 0) * Math.min(cores, this.#options.cpus);
    this.#integratedMs = Math.max(nowMs, this.#integratedMs);
  }
}

/** Of each core, when nothing runs. */
const idleCpu = 0.012;

const powerLimits: readonly (readonly [RegExp, number])[] = [
  [/H100|H200/, 700],
  [/A100/, 400],
  [/V100/, 300],
  [/4090/, 450],
  [/5090/, 575],
  [/L40/, 350],
  [/6000/, 300],
];
