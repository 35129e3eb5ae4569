/** Commands that run another: sudo, nohup, nice, timeout, stdbuf. */
import { InterruptedError } from '../shell/interruption.ts';
import { type CommandCall, type GuestCommand, quoteAll } from './command.ts';

/** How many words of its own each takes before the command, beside options. */
const ownWords: Readonly<Record<string, number>> = { timeout: 1 };
const valuedOptions: Readonly<Record<string, string>> = {
  sudo: '-u -g -h',
  nice: '-n',
  timeout: '-k -s',
  stdbuf: '',
};

function split({ name, args }: CommandCall) {
  const valued = (valuedOptions[name] ?? '').split(' ');
  let at = 0;
  while (args[at]?.startsWith('-') || /^\w+=/.test(args[at] ?? '')) {
    at += valued.includes(args[at] ?? '') ? 2 : 1;
  }
  const own = ownWords[name] ?? 0;
  return { own: args.slice(at, at + own), command: args.slice(at + own) };
}

async function runCommand(call: CommandCall, command: readonly string[]): Promise<number> {
  const [name = '', ...args] = command;
  const ours = await call.call(name, args);
  if (ours !== undefined) return ours;
  const { output, errors, status } = await call.run(quoteAll(command), call.input);
  await call.out(output);
  await call.error(errors);
  return status;
}

const wrapper: GuestCommand = {
  names: ['sudo', 'nohup', 'nice', 'stdbuf'],
  async run(call) {
    const { command } = split(call);
    if (command.length === 0) {
      if (call.args.some((arg) => /^-[vlkK]$/.test(arg))) return 0;
      await call.error(`${call.name}: name a command; you are root already\n`);
      return 1;
    }
    return runCommand(call, command);
  },
};

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const timeout: GuestCommand = {
  names: ['timeout'],
  async run(call) {
    const { own, command } = split(call);
    const [, amount, unit = 's'] = /^([\d.]+)([smhd]?)$/.exec(own[0] ?? '') ?? [];
    if (amount === undefined || command.length === 0) {
      await call.error('Usage: timeout DURATION COMMAND [ARG]...\n');
      return 125;
    }
    const limit = AbortSignal.timeout(
      Math.min(Number(amount) * (units[unit || 's'] ?? 1) * 1000, 2 ** 31 - 1) || 2 ** 31 - 1,
    );
    const signal = AbortSignal.any([call.signal, limit]);
    try {
      const limited: CommandCall = {
        ...call,
        signal,
        pause: (ms) => call.pause(ms, signal),
        out: (text) => (limit.aborted ? Promise.reject(new InterruptedError()) : call.out(text)),
        run: (line, input) => call.run(line, input, signal),
        call: (name, args) => call.call(name, args, signal),
      };
      const status = await runCommand(limited, command);
      return limit.aborted ? 124 : status;
    } catch (error) {
      if (error instanceof InterruptedError && limit.aborted && !call.signal.aborted) return 124;
      throw error;
    }
  },
};

export const wrapperCommands: readonly GuestCommand[] = [wrapper, timeout];
