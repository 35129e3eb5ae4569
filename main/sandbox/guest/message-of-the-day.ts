/** What a guest says when someone signs in; first of all, that it is simulated. */
import type { MachineState } from './machine-state.ts';

export function messageOfTheDay({
  hostName,
  image,
  cpus,
  memoryMb,
  gpus,
  datadrive,
}: MachineState): string {
  const [gpu] = gpus;
  const hardware = [
    `${cpus} CPUs`,
    `${Math.round(memoryMb / 1024)} GiB memory`,
    gpu ? `${gpus.length} × ${gpu.name}` : 'no GPU',
  ].join(', ');
  const drive = datadrive
    ? `  /datadrive is a volume of its own${datadrive.readOnly ? ', read-only' : ''}: no snapshot contains it.\n`
    : '';
  return `
  ${hostName} · ${image}
  Simulated by the Pilothouse sandbox: nothing here is real, and nothing here costs anything.

  ${hardware} (simulated)
${drive}  Try: nvidia-smi, python3 train.py, cat README.txt

`;
}
