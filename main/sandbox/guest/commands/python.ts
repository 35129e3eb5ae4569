/** python3: a training loop that streams its steps, loads the GPU and leaves checkpoints; anything else is said to be simulated. */
import { type CommandCall, type GuestCommand, note, pathIn } from './command.ts';
import { readOptions } from './options.ts';

interface Training {
  readonly steps: number;
  readonly intervalMs: number;
  readonly batchSize: number;
  readonly checkpointEvery: number;
  readonly directory: string;
}

const checkpointBytes = 64 * 1024;

export const python: GuestCommand = {
  names: ['python3', 'python', 'torchrun', 'accelerate'],
  async run(call) {
    const args = call.args.filter((arg) => arg !== '-u' && arg !== 'launch');
    const [script, ...rest] = args;
    if (script === '--version' || script === '-V') {
      await call.out('Python 3.11.0 (simulated)\n');
      return 0;
    }
    if (script === '-c' || script === '-m' || script === undefined || script.startsWith('-')) {
      return oneLiner(call, args);
    }
    if (!(await call.files.exists(pathIn(call, script)))) {
      await call.error(
        `python3: can't open file '${pathIn(call, script)}': [Errno 2] No such file or directory\n`,
      );
      return 2;
    }
    return train(call, await readTraining(call, rest));
  },
};

/** The few lines people try first. */
async function oneLiner(call: CommandCall, args: readonly string[]): Promise<number> {
  const code = args[0] === '-c' ? (args[1] ?? '') : call.input;
  const { gpus } = await call.host.machine();
  const printed = /^\s*print\((['"])(.*)\1\)\s*$/.exec(code)?.[2];
  const sum = /^\s*print\(([\d\s+*-]+)\)\s*$/.exec(code)?.[1];
  if (printed !== undefined) await call.out(`${printed}\n`);
  else if (sum !== undefined) await call.out((await call.run(`echo $((${sum}))`)).output);
  else if (/cuda\.is_available/.test(code)) await call.out(gpus.length > 0 ? 'True\n' : 'False\n');
  else if (/cuda\.device_count/.test(code)) await call.out(`${gpus.length}\n`);
  else {
    await call.error(
      `python3: this machine is ${note}: it runs no Python.\nTry: python3 train.py --steps 50\n`,
    );
    return 1;
  }
  return 0;
}

async function readTraining(call: CommandCall, args: readonly string[]): Promise<Training> {
  const { named } = readOptions(
    args,
    'steps max-steps epochs interval batch-size checkpoint-every save-every out output-dir',
  );
  const number = (fallback: number, ...names: readonly string[]) => {
    const found = names.map((name) => named.get(name)).find((value) => value !== undefined);
    return Math.max(Number(found) || fallback, 0.01);
  };
  const { datadrive } = await call.host.machine();
  const drive = datadrive && !datadrive.readOnly ? '/datadrive/checkpoints' : 'checkpoints';
  return {
    steps: Math.round(number(200, 'steps', 'max-steps', 'epochs')),
    intervalMs: number(0.5, 'interval') * 1000,
    batchSize: Math.round(number(32, 'batch-size')),
    checkpointEvery: Math.round(number(50, 'checkpoint-every', 'save-every')),
    directory: named.get('out') ?? named.get('output-dir') ?? drive,
  };
}

async function train(call: CommandCall, training: Training): Promise<number> {
  const { steps, intervalMs, batchSize, checkpointEvery } = training;
  const directory = pathIn(call, training.directory);
  const { gpus } = await call.host.machine();
  await call.host.demand({
    cpu: gpus.length > 0 ? 1.6 : 4,
    memoryMb: 5200,
    ...(gpus[0] && { gpuLoad: 0.94, gpuMemoryMb: Math.round(gpus[0].memoryMb * 0.78) }),
  });
  await call.out(
    `[${note}] training on ${gpus.length > 0 ? gpus.map(({ name }) => name).join(', ') : 'CPU'}, ` +
      `batch size ${batchSize}, checkpoints in ${directory}\n`,
  );
  for (let step = 1; step <= steps; step += 1) {
    await call.pause(intervalMs);
    const loss = 0.35 + 2.4 * Math.exp(-step / 60) + 0.02 * Math.sin(step * 1.7);
    const rate = (batchSize / (intervalMs / 1000)) * (1 + 0.03 * Math.sin(step));
    await call.out(
      `step ${step}/${steps} loss ${loss.toFixed(4)} lr ${(3e-4 * (1 - step / (steps + 1))).toExponential(2)} ${rate.toFixed(1)} samples/s\n`,
    );
    if (step % checkpointEvery !== 0 && step !== steps) continue;
    const path = `${directory}/step-${String(step).padStart(6, '0')}.pt`;
    await call.files.mkdir(directory, { recursive: true });
    await call.files.writeFile(path, new Uint8Array(checkpointBytes).fill(step % 251));
    await call.out(`saved ${path}\n`);
  }
  return 0;
}
