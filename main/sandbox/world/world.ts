/** The running world: applies commands, stores them, lets time pass, and keeps a guest in every running instance. */
import { randomInt } from 'node:crypto';
import { createAccessNode } from './access-node.ts';
import { type CreateRequest, createInstance } from './create-instance.ts';
import type { StartGuest } from './guests.ts';
import { createGuests } from './guests.ts';
import { takeSnapshot } from './lifecycle.ts';
import { createMeter, type Meter } from './meter.ts';
import type { Change, Command, Instance, Snapshot, WorldState } from './model.ts';
import { type OpenOptions, openWorld } from './open-world.ts';
import { countPlaced, createPlacement, placeAtStart, placedLimit } from './placement.ts';
import { randomId } from './random.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import { settle } from './settle.ts';
import { openStore } from './store.ts';
import { createTables } from './tables.ts';
import { nextChange, statusAt } from './timeline.ts';

export interface WorldOptions extends OpenOptions {
  readonly directory: string;
  readonly startGuest: StartGuest;
  log(line: string): void;
}

export interface World {
  readonly state: WorldState;
  readonly token: string;
  readonly clock: SandboxClock;
  readonly meter: Meter;
  /** The moment everything has been brought up to. */
  settledNow(): number;
  newestInstances(from: number, count: number): readonly Instance[];
  byMetaKey(metaKey: string): Instance | undefined;
  newId(prefix: string): string;
  /** Does it, and keeps it before it answers. @throws Refusal */
  run<Value>(command: Command<Value>): Value;
  create(request: CreateRequest): Instance;
  /** What the guest has at that moment is what the snapshot has. */
  snapshot(instanceId: string, name: string, autoRelease: boolean): Promise<Snapshot>;
  /** Gives forwarded ports their real ones; resolves when they lead somewhere. */
  settlePorts(instanceId: string): Promise<void>;
  /** After the clock was changed. */
  clockChanged(): void;
  /** Resolves when all that follows from the time has happened, and every guest that should be there is. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

const mebibyte = 1024 ** 2;
const longestWaitMs = 60_000;
const shortestWaitMs = 20;

export function startWorld(options: WorldOptions): World {
  const store = openStore(options.directory);
  const opened = openWorld(store, options);
  const { clock, token } = opened;
  const tables = createTables(opened.state);
  const { state } = tables;
  let settledAt = opened.since;
  let nothingBefore = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const change = (changes: readonly Change[]) => {
    store.write(changes);
    tables.apply(changes);
  };
  const random = () => randomInt(2 ** 32) / 2 ** 32;
  const newId = (prefix: string) => randomId(random, prefix);
  const guests = createGuests({ ...options, store, state, now: clock.now, change });
  const meter = createMeter(guests, clock.now);
  const accessNodes = new Map<string, ReturnType<typeof createAccessNode>>();

  function settledNow(): number {
    const now = clock.now();
    if (now >= nothingBefore) {
      const settlement = settle(state, settledAt, now);
      change(settlement.changes);
      nothingBefore = settlement.nothingBefore;
    }
    settledAt = now;
    return now;
  }

  /** What follows from the time: guests come and go, files of released instances are removed, the next look is set. */
  async function follow(): Promise<void> {
    if (stopped) return;
    const now = settledNow();
    const { pending, settled } = tables.unsettled(now);
    for (const { id, timeline } of settled) {
      if (statusAt(timeline, now) === 'Released') store.removeTree(`instance:${id}`);
    }
    const moments = pending.map(({ timeline }) => nextChange(timeline, now) ?? now);
    const wake = moments.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    clearTimeout(timer);
    const waitMs = Math.min(longestWaitMs, clock.realMsUntil(Math.min(wake, nothingBefore)));
    timer = setTimeout(() => void follow(), Math.max(shortestWaitMs, waitMs));
    await guests.settle(tables.placed);
    await Promise.all([...tables.placed].map(settlePorts));
  }

  function run<Value>(command: Command<Value>): Value {
    const now = settledNow();
    const { changes, value } = command(state, now);
    change(changes);
    if (changes.length > 0) {
      nothingBefore = 0;
      void follow();
    }
    return value;
  }

  async function settlePorts(id: string): Promise<void> {
    if (stopped) return;
    const ports = guests.of(id) ? (state.instances.get(id)?.ports ?? []) : [];
    let node = accessNodes.get(id);
    if (!node && !ports.some(({ port }) => port !== 22 && port !== 8888)) return;
    node ??= createAccessNode();
    accessNodes.set(id, node);
    const servicePorts = await node.settle(ports);
    const instance = state.instances.get(id);
    if (
      stopped ||
      !instance?.ports.some((port) => isNew(port.servicePort, servicePorts.get(port.id)))
    )
      return;
    const given = instance.ports.map((port) => ({
      ...port,
      servicePort: servicePorts.get(port.id) ?? port.servicePort,
    }));
    change([{ table: 'instances', id, record: { ...instance, ports: given } }]);
  }

  change(placeAtStart(state, tables.placed, settledNow()));
  return {
    state,
    token,
    clock,
    meter,
    settledNow,
    newestInstances: tables.newestInstances,
    byMetaKey: tables.byMetaKey,
    newId,
    run,
    create(request) {
      const known = tables.byMetaKey(request.metaKey);
      if (known) return known;
      const room = countPlaced(state, tables.placed, settledNow()) < placedLimit;
      return run(createInstance(request, newId('ins'), room ? createPlacement() : null));
    },
    async snapshot(instanceId, name, autoRelease) {
      await guests.flush(instanceId);
      const bytes = (await guests.of(instanceId)?.sizeBytes()) ?? 0;
      const filesMb = Math.ceil(bytes / mebibyte);
      const snapshotId = newId('snap');
      return run(takeSnapshot({ instanceId, snapshotId, name, autoRelease, filesMb }));
    },
    settlePorts,
    clockChanged() {
      store.setFact('clock', clock.anchor());
      nothingBefore = 0;
      void follow();
    },
    caughtUp: follow,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      meter.stop();
      for (const node of accessNodes.values()) node.stop();
      await guests.stop();
      store.setFact('clock', clock.anchor());
      store.close();
    },
  };
}

const isNew = (known: number, given: number | undefined): boolean =>
  given !== undefined && given !== known;
