/** What the sandbox cloud sells: regions, machines with their prices, official images. */
import type { Hardware } from './model.ts';

export const regions = ['TW-01', 'TW-02', 'TW-03', 'TW-04'] as const;

export interface Spec {
  readonly kind: 'gpu' | 'cpu';
  /** Of one unit. */
  readonly hardware: Hardware;
  readonly priceCent: number;
  readonly regions: readonly string[];
  /** The most units one instance may have. */
  readonly maxUnits: number;
  /** Units there are in a region, in use or not. */
  readonly capacity: number;
  /** How much of the capacity others use: `scarce` ones are sold out at times. */
  readonly demand: 'low' | 'high' | 'scarce';
}

const gpu = (
  gpuName: string,
  gpuMemoryMb: number,
  cpu: Pick<Hardware, 'cpuName' | 'cpuCores' | 'memoryMb' | 'diskGb'>,
): Hardware => ({ gpuName, gpuCount: 1, gpuMemoryMb, ...cpu });

const withoutGpu = (cpuName: string, cpuCores: number, memoryMb: number, diskGb: number) => ({
  gpuName: '',
  gpuCount: 0,
  gpuMemoryMb: 0,
  cpuName,
  cpuCores,
  memoryMb,
  diskGb,
});

const threadripper = 'AMD Ryzen Threadripper PRO 5965WX';
const epyc = 'AMD EPYC 9354';
const xeon = 'Intel Xeon Gold 6154';

export const specs: readonly Spec[] = [
  {
    kind: 'gpu',
    hardware: gpu('NVIDIA GeForce RTX 4090', 24_564, {
      ...{ cpuName: threadripper, cpuCores: 16, memoryMb: 65_536, diskGb: 200 },
    }),
    priceCent: 65,
    regions: ['TW-02', 'TW-03', 'TW-04'],
    maxUnits: 8,
    capacity: 64,
    demand: 'low',
  },
  {
    kind: 'gpu',
    hardware: gpu('NVIDIA RTX 6000 Ada Generation', 49_140, {
      ...{ cpuName: epyc, cpuCores: 24, memoryMb: 131_072, diskGb: 400 },
    }),
    priceCent: 128,
    regions: ['TW-03', 'TW-04'],
    maxUnits: 4,
    capacity: 16,
    demand: 'high',
  },
  {
    kind: 'gpu',
    hardware: gpu('NVIDIA L40S', 46_068, {
      ...{ cpuName: epyc, cpuCores: 24, memoryMb: 131_072, diskGb: 400 },
    }),
    priceCent: 112,
    regions: ['TW-02', 'TW-04'],
    maxUnits: 4,
    capacity: 16,
    demand: 'low',
  },
  {
    kind: 'gpu',
    hardware: gpu('NVIDIA H100 80GB HBM3', 81_559, {
      ...{ cpuName: 'Intel Xeon Platinum 8480+', cpuCores: 28, memoryMb: 262_144, diskGb: 800 },
    }),
    priceCent: 310,
    regions: ['TW-04'],
    maxUnits: 8,
    capacity: 8,
    demand: 'scarce',
  },
  {
    kind: 'gpu',
    hardware: gpu('Tesla V100-SXM2-32GB', 32_768, {
      ...{ cpuName: xeon, cpuCores: 8, memoryMb: 92_160, diskGb: 200 },
    }),
    priceCent: 42,
    regions: ['TW-01', 'TW-02'],
    maxUnits: 8,
    capacity: 32,
    demand: 'low',
  },
  {
    kind: 'cpu',
    hardware: withoutGpu('AMD EPYC 7402 8C', 8, 32_768, 100),
    priceCent: 12,
    regions,
    maxUnits: 4,
    capacity: 128,
    demand: 'low',
  },
  {
    kind: 'cpu',
    hardware: withoutGpu('AMD EPYC 9354 32C', 32, 131_072, 200),
    priceCent: 46,
    regions: ['TW-03', 'TW-04'],
    maxUnits: 2,
    capacity: 24,
    demand: 'high',
  },
];

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sizeMb: number;
  readonly kind: 'gpu' | 'cpu';
}

export const images: readonly Image[] = [
  {
    id: 'img-pytorch26',
    name: 'PyTorch 2.6 (CUDA 12.4, Ubuntu 22.04)',
    description: 'PyTorch with CUDA, cuDNN and JupyterLab. Simulated.',
    sizeMb: 7420,
    kind: 'gpu',
  },
  {
    id: 'img-comfyui03',
    name: 'ComfyUI 0.3 (CUDA 12.4)',
    description: 'ComfyUI with SDXL nodes on port 8188. Simulated.',
    sizeMb: 9180,
    kind: 'gpu',
  },
  {
    id: 'img-ollama06',
    name: 'Ollama + Open WebUI',
    description: 'Local language models with a web page. Simulated.',
    sizeMb: 5240,
    kind: 'gpu',
  },
  {
    id: 'img-cuda124',
    name: 'CUDA 12.4 devel (Ubuntu 22.04)',
    description: 'The CUDA toolkit and nothing else. Simulated.',
    sizeMb: 4310,
    kind: 'gpu',
  },
  {
    id: 'img-ubuntu2404',
    name: 'Ubuntu 24.04',
    description: 'A plain Ubuntu with JupyterLab. Simulated.',
    sizeMb: 1260,
    kind: 'cpu',
  },
];

/** The machine of that name in that region, or undefined. */
export function findSpec(kind: Spec['kind'], name: string, region: string): Spec | undefined {
  return specs.find(
    (spec) => spec.kind === kind && specName(spec) === name && spec.regions.includes(region),
  );
}

export const specName = ({ kind, hardware }: Spec): string =>
  kind === 'gpu' ? hardware.gpuName : hardware.cpuName;

export function multiplyHardware(hardware: Hardware, units: number): Hardware {
  if (units === 1) return hardware;
  return {
    ...hardware,
    gpuCount: hardware.gpuCount * units,
    cpuCores: hardware.cpuCores * units,
    memoryMb: hardware.memoryMb * units,
    diskGb: hardware.diskGb * units,
  };
}
