/** What a guest's commands may know of its simulated machine; plain data that crosses to a worker. */

export interface ProcessState {
  readonly pid: number;
  readonly parent: number;
  readonly user: string;
  /** As in `pts/0`, or `?`. */
  readonly terminal: string;
  readonly startedMs: number;
  readonly command: string;
  /** 1 = one whole core. */
  readonly cpu: number;
  readonly memoryMb: number;
  /** Of each GPU it uses. */
  readonly gpuLoad: number;
  readonly gpuMemoryMb: number;
}

export interface GpuState {
  readonly name: string;
  readonly memoryMb: number;
  readonly memoryUsedMb: number;
  /** 0 to 1. */
  readonly load: number;
  readonly temperatureC: number;
  readonly powerW: number;
  readonly powerLimitW: number;
}

export interface SessionState {
  readonly user: string;
  readonly terminal: string;
  readonly from: string;
  readonly sinceMs: number;
}

/** A shell in tmux or screen, that outlives its line. */
export interface KeptShellState {
  readonly program: 'tmux' | 'screen';
  readonly name: string;
  readonly pid: number;
  /** Somebody looks at it. */
  readonly attached: boolean;
}

export interface MachineState {
  readonly nowMs: number;
  readonly bootedMs: number;
  readonly hostName: string;
  readonly image: string;
  readonly cpus: number;
  /** 0 to 1, over all cores. */
  readonly cpu: number;
  readonly loadAverage: readonly [number, number, number];
  readonly memoryMb: number;
  readonly memoryUsedMb: number;
  readonly memoryCachedMb: number;
  readonly diskGb: number;
  readonly diskUsedGb: number;
  readonly datadrive?: { readonly usedGb: number; readonly readOnly: boolean };
  readonly gpus: readonly GpuState[];
  readonly processes: readonly ProcessState[];
  readonly sessions: readonly SessionState[];
  readonly keptShells: readonly KeptShellState[];
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** What a running command asks of the machine. */
export interface Demand {
  /** Cores. */
  readonly cpu?: number;
  readonly memoryMb?: number;
  /** Of each GPU, 0 to 1. */
  readonly gpuLoad?: number;
  readonly gpuMemoryMb?: number;
}

export const kernel = {
  release: '6.8.0-sandbox',
  version: '#1 SMP Pilothouse sandbox (simulated)',
};
export const datadriveGb = 1024;
