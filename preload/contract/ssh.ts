/** Reading pasted SSH commands and the keys at hand: parsed as data, nothing is ever run. */
import { z } from 'zod';
import { call, result } from './define.ts';
import type { TextRef } from './errors.ts';

/** What a pasted line says. Unsafe options are refused and named; harmless ones that are not used are named too. */
export type ParsedCommand =
  | {
      readonly kind: 'parsed';
      readonly line: string;
      readonly host: string;
      readonly port: number;
      readonly user: string;
      /** Name of a key in the home directory's `.ssh`, when the line names one. */
      readonly keyName?: string;
      readonly ignored: readonly TextRef[];
    }
  | { readonly kind: 'refused'; readonly line: string; readonly rule: TextRef };

/** A private key found in the home directory's `.ssh`; its content stays in main. */
export interface LocalKey {
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
  readonly encrypted: boolean;
}

export const ssh = {
  /** One result per non-empty line, at most 200 lines. */
  parseCommands: call(
    z.strictObject({ text: z.string().max(100_000) }),
    result<readonly ParsedCommand[]>(),
  ),
  localKeys: call(
    z.strictObject({}),
    result<{ readonly keys: readonly LocalKey[]; readonly agent: boolean }>(),
  ),
};
