/** Commands that go on until they are stopped: yes, tail -f, ping, watch. */
import { type GuestCommand, pathIn, quoteAll } from './command.ts';
import { readOptions } from './options.ts';
import { clear, screenSize } from './screen.ts';
import { longDate } from './times.ts';

const yes: GuestCommand = {
  names: ['yes'],
  async run(call) {
    const line = `${call.args.join(' ') || 'y'}\n`;
    const many = line.repeat(Math.max(Math.ceil(16_384 / line.length), 1));
    for (;;) await call.out(many);
  },
};

const followEveryMs = 200;

const tail: GuestCommand = {
  names: ['tail'],
  async run(call) {
    const { named, operands } = readOptions(call.args, 'n lines c bytes s pid');
    const follow = named.has('f') || named.has('F') || named.has('follow');
    const [path] = operands;
    if (!follow || path === undefined) {
      const { output, errors, status } = await call.original(call.args);
      await call.out(output);
      await call.error(errors);
      return status;
    }
    const file = pathIn(call, path);
    const content = async () =>
      (await call.files.exists(file))
        ? Buffer.from(await call.files.readFileBuffer(file))
        : undefined;
    // A job that was just started may not have made its log yet.
    for (let turn = 0; turn < 10 && (await call.host.jobs()).length > 0; turn += 1) {
      if (await call.files.exists(file)) break;
      await call.pause(100);
    }
    const before = await content();
    if (!before && !named.has('F')) {
      await call.error(`tail: cannot open '${path}' for reading: No such file or directory\n`);
      return 1;
    }
    const lines = Number(named.get('n') ?? named.get('lines') ?? 10);
    await call.out(lastLines(before?.toString() ?? '', lines));
    let seen = before?.length ?? 0;
    for (;;) {
      await call.pause(followEveryMs);
      const size = (await call.files.exists(file)) ? (await call.files.stat(file)).size : 0;
      if (size === seen) continue;
      if (size < seen) {
        await call.error(`tail: ${path}: file truncated\n`);
        seen = 0;
      }
      const now = await content();
      await call.out(now?.subarray(seen).toString() ?? '');
      seen = now?.length ?? 0;
    }
  },
};

function lastLines(text: string, count: number): string {
  const lines = text.split('\n');
  const ended = lines.at(-1) === '';
  return lines.slice(Math.max(lines.length - count - (ended ? 1 : 0), 0)).join('\n');
}

const ping: GuestCommand = {
  names: ['ping'],
  async run(call) {
    const { named, operands } = readOptions(call.args, 'c i W w s');
    const [target = ''] = operands;
    const { hostName } = await call.host.machine();
    if (!['localhost', '127.0.0.1', '::1', hostName].includes(target)) {
      await call.error(`ping: ${target}: the sandbox has no network, only localhost answers\n`);
      return 2;
    }
    const count = Number(named.get('c') ?? Number.POSITIVE_INFINITY);
    await call.out(`PING ${target} (127.0.0.1) 56(84) bytes of data.\n`);
    for (let sequence = 1; sequence <= count; sequence += 1) {
      if (sequence > 1) await call.pause(Number(named.get('i') ?? 1) * 1000);
      await call.out(`64 bytes from 127.0.0.1: icmp_seq=${sequence} ttl=64 time=0.04 ms\n`);
    }
    await call.out(
      `\n--- ${target} ping statistics ---\n${count} packets transmitted, ${count} received, 0% packet loss\n`,
    );
    return 0;
  },
};

const watch: GuestCommand = {
  names: ['watch'],
  async run(call) {
    const { everyMs, command, plain } = readWatch(call.args);
    if (command.length === 0) {
      await call.error('Usage: watch [-n SECONDS] COMMAND\n');
      return 1;
    }
    const line = command.length === 1 ? (command[0] ?? '') : quoteAll(command);
    for (;;) {
      const { columns, rows } = await screenSize(call);
      const [{ nowMs, hostName }, { output, errors }] = [
        await call.host.machine(),
        await call.run(line),
      ];
      const title = `Every ${(everyMs / 1000).toFixed(1)}s: ${command.join(' ')}`;
      const right = `${hostName}: ${longDate(nowMs)}`;
      const head = plain ? [] : [`${title.padEnd(columns - right.length - 1)} ${right}`, ''];
      const body = `${output}${errors}`.split('\n').slice(0, rows - head.length - 1);
      await call.out(call.live ? clear + [...head, ...body].join('\n') : `${output}${errors}`);
      await call.pause(everyMs);
    }
  },
};

function readWatch(args: readonly string[]) {
  let everyMs = 2000;
  let plain = false;
  let at = 0;
  for (; args[at]?.startsWith('-'); at += 1) {
    const [, letter, value] = /^-(?:(n)|-interval=?)(.*)$/.exec(args[at] ?? '') ?? [];
    if (letter !== undefined || value !== undefined) {
      if (!value) at += 1;
      everyMs = Math.max(Number(value || args[at]) * 1000 || 2000, 100);
    } else if (/^-\w*t/.test(args[at] ?? '')) plain = true;
  }
  return { everyMs, plain, command: args.slice(at) };
}

export const streamCommands: readonly GuestCommand[] = [yes, tail, ping, watch];
