/** As many more instances as asked for, computed from their number: they need no room in the database until something happens to them. */
import { images, multiplyHardware, specs } from './catalogue.ts';
import { initialPorts } from './create-instance.ts';
import { dayMs } from './ledger.ts';
import { type Instance, loadProfiles } from './model.ts';
import { createRandom, pick } from './random.ts';
import type { Timeline } from './timeline.ts';

const purposes = [
  'train',
  'eval',
  'batch',
  'notebook',
  '推論',
  'render',
  'ci',
  '標註',
  'api',
  'lab',
];
const projects = ['sdxl', 'llama', 'whisper', 'rag', 'vision', '客服', 'genome', 'traffic'];

/** Paid in besides, for each: none of them shall run dry in a demonstration. */
export const fillerBalanceMilli = 1_000_000;

/** The instance of that number; the same seed and moment give the same one. */
export function fillInstance(seed: string, number: number, now: number): Instance {
  const random = createRandom(`${seed} filler ${number}`);
  const spec = pick(random, specs);
  const units = random() < 0.85 ? 1 : 2;
  const image = pick(
    random,
    images.filter(({ kind }) => kind === spec.kind),
  );
  const id = `ins-f${number.toString(36).padStart(6, '0')}`;
  const createdAt = Math.floor(now - random() * 30 * dayMs);
  return {
    id,
    metaKey: `fill-${id}`,
    name: `${pick(random, projects)}-${pick(random, purposes)}-${number}`,
    category: 'container',
    regionName: pick(random, spec.regions),
    hardware: multiplyHardware(spec.hardware, units),
    units,
    priceCent: spec.priceCent * units,
    source: { kind: 'image', id: image.id, name: image.name },
    baseSizeMb: image.sizeMb,
    createdAt,
    timeline: fillTimeline(createdAt, now, random()),
    autoRelease: false,
    environment: {},
    startCommand: '',
    ports: initialPorts([]),
    drive: null,
    load: pick(random, loadProfiles),
    placement: null,
    usesStock: false,
  };
}

function fillTimeline(createdAt: number, now: number, chance: number): Timeline {
  const begun: Timeline = [
    { status: 'SchedQueued', at: createdAt },
    { status: 'Running', at: createdAt + 15_000 },
  ];
  if (chance < 0.6) return begun;
  const releasingAt = createdAt + 15_000 + Math.floor((now - createdAt) * (chance - 0.2));
  return [
    ...begun,
    { status: 'Releasing', at: releasingAt },
    { status: 'Released', at: releasingAt + 5000 },
  ];
}
