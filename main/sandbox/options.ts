/** What `npm run sandbox` can be told, read from its arguments. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Faults, parseFaults } from './http/faults.ts';

export const usage = `npm run sandbox -- [--port N] [--data-dir DIR] [--clock-rate R] [--instances N]
  [--faults latency=200,rate429=0.05,…] [--seed S] [--token T]`;

export interface SandboxArguments {
  readonly port: number;
  /** Absent: the usual place. */
  readonly dataDirectory: string | undefined;
  readonly clockRate: number;
  readonly instances: number;
  readonly faults: Faults;
  readonly seed: string;
  readonly token: string | undefined;
}

const maxInstances = 100_000;

/** @throws Error with a sentence */
export function readArguments(args: readonly string[]): SandboxArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      'data-dir': { type: 'string' },
      'clock-rate': { type: 'string', default: '1' },
      instances: { type: 'string', default: '0' },
      faults: { type: 'string', default: '' },
      seed: { type: 'string', default: 'pilothouse' },
      token: { type: 'string' },
    },
  });
  const number = (name: 'port' | 'clock-rate' | 'instances', schema: z.ZodNumber) => {
    const parsed = schema.safeParse(values[name].trim() === '' ? Number.NaN : Number(values[name]));
    if (!parsed.success)
      throw new Error(`--${name} ${values[name]}: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  };
  if (values['data-dir'] === '') throw new Error('--data-dir needs the name of a directory');
  if (values.token !== undefined && !/^[\x21-\x7e]{8,256}$/.test(values.token)) {
    throw new Error('--token needs 8 to 256 visible ASCII characters');
  }
  return {
    port: number('port', z.int().min(0).max(65_535)),
    dataDirectory: values['data-dir'],
    clockRate: number('clock-rate', z.number().positive().max(1_000_000)),
    instances: number('instances', z.int().min(0).max(maxInstances)),
    faults: parseFaults(values.faults),
    seed: values.seed,
    token: values.token,
  };
}
