/** The guests of all reachable instances: there is one while an instance is Running, and none otherwise. */

import type { Guest, GuestOptions } from '../guest/guest.ts';
import { openGuestFiles } from './guest-files.ts';
import { GuestSlot } from './guest-slot.ts';
import type { Change, Instance, Placement, WorldState } from './model.ts';
import { hostNameFor } from './names.ts';
import type { WorldStore } from './store.ts';
import { statusAt } from './timeline.ts';
import { guestWorkload } from './workload.ts';

export type StartGuest = (options: GuestOptions) => Promise<Guest>;

export interface GuestsOptions {
  readonly startGuest: StartGuest;
  readonly store: WorldStore;
  readonly state: WorldState;
  now(): number;
  /** Stores and applies what running guests change in the world. */
  change(changes: readonly Change[]): void;
  log(line: string): void;
}

export interface Guests {
  of(instanceId: string): Guest | undefined;
  running(): Iterable<readonly [instanceId: string, guest: Guest]>;
  /** Starts and stops what the statuses of these instances want; resolves when all is so. */
  settle(instanceIds: Iterable<string>): Promise<void>;
  /** What the instance's guest changed is stored when this resolves. */
  flush(instanceId: string): Promise<void>;
  stop(): Promise<void>;
}

export function createGuests(options: GuestsOptions): Guests {
  const { state, store, startGuest } = options;
  const slots = new Map<string, GuestSlot>();
  let stopping = false;

  function slotOf(id: string): GuestSlot {
    const known = slots.get(id);
    if (known) return known;
    let files: ReturnType<typeof openGuestFiles> | undefined;
    const slot = new GuestSlot({
      async start(onFilesChanged) {
        const instance = state.instances.get(id);
        if (!instance?.placement) throw new Error('not placed');
        files = openGuestFiles(store, state, instance, options.now);
        const { root, datadrive } = files;
        const started = (sshPort: number, httpPort: number) =>
          startGuest({
            ...machineOf(instance),
            ...(root && { files: root }),
            ...(datadrive && { datadrive }),
            ...secretsOf(instance.placement as Placement),
            sshPort,
            httpPort,
            now: options.now,
            onFilesChanged,
          });
        const { sshPort, httpPort } = instance.placement;
        const guest = await started(sshPort, httpPort).catch((error) => {
          if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
          options.log(`The ports of ${id} are in use: it gets others.`);
          return started(0, 0);
        });
        rememberPorts(id, guest);
        return guest;
      },
      store: (exported) => {
        if (files) options.change(files.keep(exported));
      },
      onError: (doing, error) => options.log(`Could not ${doing} ${id}: ${String(error)}`),
    });
    slots.set(id, slot);
    return slot;
  }

  function rememberPorts(id: string, { sshPort, httpPort }: Guest): void {
    const instance = state.instances.get(id);
    if (!instance?.placement) return;
    const { placement } = instance;
    if (placement.sshPort === sshPort && placement.httpPort === httpPort) return;
    const record = { ...instance, placement: { ...placement, sshPort, httpPort } };
    options.change([{ table: 'instances', id, record }]);
  }

  return {
    of: (id) => slots.get(id)?.guest,
    *running() {
      for (const [id, { guest }] of slots) if (guest) yield [id, guest];
    },
    async settle(ids) {
      if (stopping) return;
      const now = options.now();
      const settled: Promise<void>[] = [];
      for (const id of ids) {
        const instance = state.instances.get(id);
        const running = instance !== undefined && statusAt(instance.timeline, now) === 'Running';
        if (running || slots.has(id)) settled.push(slotOf(id).want(running));
      }
      await Promise.all(settled);
    },
    flush: async (id) => slots.get(id)?.flush(),
    async stop() {
      stopping = true;
      await Promise.all([...slots.values()].map((slot) => slot.want(false)));
    },
  };
}

function machineOf(instance: Instance) {
  const { id, name, hardware, environment, source } = instance;
  return {
    id,
    hostName: hostNameFor(name, id),
    cpus: hardware.cpuCores,
    memoryMb: hardware.memoryMb,
    diskGb: hardware.diskGb,
    gpus: Array.from({ length: hardware.gpuCount }, () => ({
      name: hardware.gpuName,
      memoryMb: hardware.gpuMemoryMb,
    })),
    image: source.name,
    environment,
    ...guestWorkload(instance.load),
  };
}

const secretsOf = ({ password, hostKeyPem, notebookToken }: Placement) => ({
  user: 'root' as const,
  password,
  hostKeyPem,
  notebookToken,
});
