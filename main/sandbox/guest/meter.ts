/** A guest's load as its cloud would measure it from outside. */
import type { Machine } from './machine.ts';

export interface GuestMetrics {
  /** 0 to 1. */
  readonly cpu: number;
  readonly memoryUsedMb: number;
  readonly diskUsedGb: number;
  /** Bytes a second since the last reading. */
  readonly netInBps: number;
  readonly netOutBps: number;
  readonly gpus: readonly { readonly load: number; readonly memoryUsedMb: number }[];
}

export class Meter {
  readonly #machine: Machine;
  #last: { readonly atMs: number; readonly received: number; readonly sent: number };

  constructor(machine: Machine) {
    this.#machine = machine;
    const { nowMs, receivedBytes, sentBytes } = machine.state();
    this.#last = { atMs: nowMs, received: receivedBytes, sent: sentBytes };
  }

  read(): GuestMetrics {
    const { nowMs, cpu, memoryUsedMb, diskUsedGb, gpus, receivedBytes, sentBytes } =
      this.#machine.state();
    const seconds = Math.max((nowMs - this.#last.atMs) / 1000, 0.001);
    const { received, sent } = this.#last;
    this.#last = { atMs: nowMs, received: receivedBytes, sent: sentBytes };
    return {
      cpu,
      memoryUsedMb,
      diskUsedGb,
      netInBps: Math.max(receivedBytes - received, 0) / seconds,
      netOutBps: Math.max(sentBytes - sent, 0) / seconds,
      gpus: gpus.map((gpu) => ({ load: gpu.load, memoryUsedMb: gpu.memoryUsedMb })),
    };
  }
}
