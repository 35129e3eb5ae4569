/** What an account can create instances from: images, hardware with stock and price, data drives. */
import { z } from 'zod';
import { call, result } from './define.ts';
import type { Money } from './money.ts';

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface HardwareSpec {
  readonly kind: 'gpu' | 'cpu';
  /** The name to create with. */
  readonly name: string;
  readonly region: string;
  readonly gpuCount: number;
  readonly gpuMemoryBytes: number;
  readonly cpuModel: string;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly perHour: Money;
  /** Units in stock; absent where the cloud does not tell. */
  readonly stock?: number;
  readonly maxUnits: number;
}

export interface DataDrive {
  readonly id: string;
  readonly region: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

const args = z.strictObject({ account: z.string().max(100) });

export const catalogue = {
  images: call(args, result<readonly Image[]>()),
  hardware: call(args, result<readonly HardwareSpec[]>()),
  dataDrives: call(args, result<readonly DataDrive[]>()),
};
