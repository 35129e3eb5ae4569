/** The believable small fleet a new sandbox starts with, and its month of history. */
import { findSpec, images, multiplyHardware, type Spec } from './catalogue.ts';
import { initialPorts } from './create-instance.ts';
import type { Instance, LoadProfile } from './model.ts';
import { createRandom, randomId } from './random.ts';
import type { Phase, Timeline } from './timeline.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface SeedRow {
  readonly name: string;
  readonly machine: string;
  readonly units?: number;
  readonly region: string;
  readonly image: string;
  readonly load?: LoadProfile;
  /** How long before now it was created, in hours. */
  readonly createdHoursAgo: number;
  readonly history:
    | { readonly now: 'running' }
    /** Saving its files since so many minutes, done after so many more. */
    | { readonly now: 'snapshotting'; readonly sinceMinutes: number; readonly moreMinutes: number }
    | { readonly now: 'queued'; readonly moreMinutes: number }
    | { readonly now: 'released'; readonly ranHours: number };
}

const running = { now: 'running' } as const;
const released = (ranHours: number) => ({ now: 'released', ranHours }) as const;

const rtx4090 = 'NVIDIA GeForce RTX 4090';
const ada = 'NVIDIA RTX 6000 Ada Generation';
const l40s = 'NVIDIA L40S';
const h100 = 'NVIDIA H100 80GB HBM3';
const v100 = 'Tesla V100-SXM2-32GB';
const epyc8 = 'AMD EPYC 7402 8C';

const pytorch = 'img-pytorch26';
const comfy = 'img-comfyui03';
const ollama = 'img-ollama06';
const cuda = 'img-cuda124';
const ubuntu = 'img-ubuntu2404';

const rows: readonly SeedRow[] = [
  row('sdxl-train-03', rtx4090, 'TW-03', pytorch, 49, running, { load: 'training' }),
  row('llm-eval', rtx4090, 'TW-03', pytorch, 19.1, running, { load: 'batch', units: 2 }),
  row('notebook-weiting', rtx4090, 'TW-03', pytorch, 12.6, running, { load: 'idle' }),
  row('語音辨識-batch', v100, 'TW-01', pytorch, 77, running, { load: 'batch' }),
  row('comfy-demo', rtx4090, 'TW-04', comfy, 3.5, running, { load: 'training' }),
  row('ci-runner-a', rtx4090, 'TW-02', cuda, 1, running, { load: 'interactive' }),
  row('rag-backend', l40s, 'TW-02', ollama, 140, running, { load: 'interactive' }),
  row('lora-finetune-zh', ada, 'TW-04', pytorch, 31, running, { load: 'training' }),
  row('h100-pretrain-probe', h100, 'TW-04', pytorch, 6.25, running, { load: 'training' }),
  row('render-farm-2', ada, 'TW-03', cuda, 8, running, { load: 'batch' }),
  row('資料前處理', epyc8, 'TW-03', ubuntu, 212, running, { load: 'batch' }),
  row('proxy-tw01', epyc8, 'TW-01', ubuntu, 530, running, { load: 'interactive' }),
  row('llm-base', l40s, 'TW-04', pytorch, 26, {
    ...{ now: 'snapshotting', sinceMinutes: 9, moreMinutes: 14 },
  }),
  row(
    'h100-sweep-b',
    h100,
    'TW-04',
    pytorch,
    0.1,
    { now: 'queued', moreMinutes: 25 },
    { units: 2 },
  ),
  row('sdxl-train-01', rtx4090, 'TW-03', pytorch, 610, released(118)),
  row('sdxl-train-02', rtx4090, 'TW-03', pytorch, 402, released(96.5)),
  row('whisper-大型測試', v100, 'TW-01', pytorch, 333, released(41.25)),
  row('hackathon-demo', rtx4090, 'TW-02', comfy, 250, released(9.75), { units: 4 }),
];

function row(
  name: string,
  machine: string,
  region: string,
  image: string,
  createdHoursAgo: number,
  history: SeedRow['history'],
  more: { readonly load?: LoadProfile; readonly units?: number } = {},
): SeedRow {
  return { name, machine, region, image, createdHoursAgo, history, ...more };
}

/** The same seed and moment give the same instances; nobody can enter them until they are placed. */
export function seedInstances(seed: string, now: number): readonly Instance[] {
  const random = createRandom(`${seed} fleet`);
  return rows.map((seedRow) => toInstance(seedRow, randomId(random, 'ins'), now));
}

function toInstance(seedRow: SeedRow, id: string, now: number): Instance {
  const spec = findSeedSpec(seedRow);
  const image = images.find((candidate) => candidate.id === seedRow.image);
  if (!image) throw new Error(`no image ${seedRow.image}`);
  const units = seedRow.units ?? 1;
  const createdAt = Math.round(now - seedRow.createdHoursAgo * hourMs);
  return {
    id,
    metaKey: `seed-${id}`,
    name: seedRow.name,
    category: 'container',
    regionName: seedRow.region,
    hardware: multiplyHardware(spec.hardware, units),
    units,
    priceCent: spec.priceCent * units,
    source: { kind: 'image', id: image.id, name: image.name },
    baseSizeMb: image.sizeMb,
    createdAt,
    timeline: timelineOf(seedRow.history, createdAt, now),
    autoRelease: false,
    environment: {},
    startCommand: '',
    ports: initialPorts(image.id === comfy ? [{ port: 8188, protocol: 'http' }] : []),
    drive: null,
    load: seedRow.load ?? 'idle',
    placement: null,
    usesStock: false,
  };
}

function findSeedSpec({ machine, region }: SeedRow): Spec {
  const spec = findSpec('gpu', machine, region) ?? findSpec('cpu', machine, region);
  if (!spec) throw new Error(`no ${machine} in ${region}`);
  return spec;
}

function timelineOf(history: SeedRow['history'], createdAt: number, now: number): Timeline {
  const begun: Phase[] = [
    { status: 'SchedQueued', at: createdAt },
    { status: 'Creating', at: createdAt + 4000 },
    { status: 'Running', at: createdAt + 21_000 },
  ];
  switch (history.now) {
    case 'running':
      return begun;
    case 'queued':
      return [
        { status: 'SchedQueued', at: createdAt },
        { status: 'Creating', at: now + history.moreMinutes * minuteMs },
        { status: 'Running', at: now + (history.moreMinutes + 1) * minuteMs },
      ];
    case 'snapshotting': {
      const pausedAt = now + history.moreMinutes * minuteMs;
      return [
        ...begun,
        { status: 'Suspending', at: now - history.sinceMinutes * minuteMs },
        { status: 'Paused', at: pausedAt },
        { status: 'Running', at: pausedAt + 4000 },
      ];
    }
    case 'released': {
      const releasingAt = createdAt + 21_000 + history.ranHours * hourMs;
      return [
        ...begun,
        { status: 'Releasing', at: releasingAt },
        { status: 'Released', at: releasingAt + 5000 },
      ];
    }
  }
}
