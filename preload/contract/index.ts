/** The contract: the one value that names everything that may be said between a page and the core. */

import type { z } from 'zod';
import { accounts } from './accounts.ts';
import { actions } from './actions.ts';
import { app } from './app.ts';
import { catalogue } from './catalogue.ts';
import type { Call, Event, Stream } from './define.ts';
import { files } from './files.ts';
import { groups } from './groups.ts';
import { instances } from './instances.ts';
import { jobs } from './jobs.ts';
import { metrics } from './metrics.ts';
import { ports } from './ports.ts';
import { prompts } from './prompts.ts';
import { settings } from './settings.ts';
import { snapshots } from './snapshots.ts';
import { ssh } from './ssh.ts';
import { terminals } from './terminals.ts';
import { tunnels } from './tunnels.ts';
import { vault } from './vault.ts';

export const contract = {
  app,
  accounts,
  actions,
  catalogue,
  files,
  groups,
  instances,
  jobs,
  metrics,
  ports,
  prompts,
  settings,
  snapshots,
  ssh,
  terminals,
  tunnels,
  vault,
};

export type Contract = typeof contract;

type EntryName = {
  [Subject in keyof Contract & string]: `${Subject}.${keyof Contract[Subject] & string}`;
}[keyof Contract & string];

/** `subject.name` → its entry. */
type Entry<Name extends EntryName> = Name extends `${infer Subject}.${infer Rest}`
  ? Subject extends keyof Contract
    ? Rest extends keyof Contract[Subject]
      ? Contract[Subject][Rest]
      : never
    : never
  : never;

type NamesOf<Kind> = {
  [Name in EntryName]: Entry<Name> extends Kind ? Name : never;
}[EntryName];

export type CallName = NamesOf<Call>;
export type StreamName = NamesOf<Stream>;
export type EventName = NamesOf<Event>;
/** Whatever a page may ask for. */
export type AskName = CallName | StreamName;

/** Arguments as a page gives them. */
export type ArgsOf<Name extends AskName> =
  Entry<Name> extends { args: infer Args extends z.ZodType } ? z.input<Args> : never;
/** Arguments as a handler receives them, after validation. */
export type ParsedArgsOf<Name extends AskName> =
  Entry<Name> extends {
    args: infer Args extends z.ZodType;
  }
    ? z.output<Args>
    : never;
export type ResultOf<Name extends AskName> =
  Entry<Name> extends { result: { carried?: infer Value } } ? Exclude<Value, undefined> : never;
export type PayloadOf<Name extends EventName> =
  Entry<Name> extends {
    payload: { carried?: infer Payload };
  }
    ? Exclude<Payload, undefined>
    : never;
