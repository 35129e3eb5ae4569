/** less, more and man: text a screen at a time. */
import { type CommandCall, type GuestCommand, note, pathIn } from './command.ts';
import { readOptions } from './options.ts';
import { clear, ctrlC, inverse, keyName, onScreen, screenSize, splitKeys } from './screen.ts';

const manual = (topic: string) => `${topic.toUpperCase()}(1)

This machine is ${note}; it has no manual pages.
Try '${topic} --help'. Commands here are just-bash's and the sandbox's own: they know the usual options, not all.
`;

export const pager: GuestCommand = {
  names: ['less', 'more', 'man'],
  async run(call) {
    const { operands } = readOptions(call.args, 'j x');
    const [name] = operands;
    let text = call.input;
    if (call.name === 'man') text = manual(name ?? 'man');
    else if (name !== undefined) {
      try {
        text = await call.files.readFile(pathIn(call, name));
      } catch {
        await call.error(`${name}: No such file or directory\n`);
        return 1;
      }
    }
    if (!call.live) {
      await call.out(text);
      return 0;
    }
    const lines = text.replace(/\n$/, '').split('\n');
    return onScreen(call, () => browse(call, name ?? '', lines));
  },
};

async function browse(call: CommandCall, name: string, lines: readonly string[]): Promise<number> {
  let top = 0;
  let pattern = '';
  let message = '';
  let typed: string | undefined;
  for (;;) {
    const { columns, rows } = await screenSize(call);
    const height = rows - 1;
    const last = Math.max(lines.length - height, 0);
    top = Math.min(Math.max(top, 0), last);
    const shown = lines.slice(top, top + height).map((line) => line.slice(0, columns));
    const filled = [...shown, ...Array<string>(height - shown.length).fill('~')];
    const place = top >= last ? '(END)' : `${Math.round((top / Math.max(last, 1)) * 100)}%`;
    const status =
      typed === undefined ? inverse(message || `${name} ${place}`.trim()) : `/${typed}`;
    await call.out(`${clear}${filled.join('\n')}\n${status}`);
    message = '';
    for (const key of splitKeys(await call.keys(60_000)).map(keyName)) {
      if (key === ctrlC) return 0;
      if (typed !== undefined) {
        if (key === 'enter') {
          pattern = typed || pattern;
          typed = undefined;
          const found = lines.findIndex((line, at) => at > top && line.includes(pattern));
          if (found >= 0) top = found;
          else message = 'Pattern not found';
        } else if (key === 'backspace') typed = typed.slice(0, -1);
        else if (key === 'escape') typed = undefined;
        else typed += key;
        continue;
      }
      if (key === 'q' || key === 'Q') return 0;
      if (key === '/') typed = '';
      else if (key === 'n' && pattern !== '') {
        const found = lines.findIndex((line, at) => at > top && line.includes(pattern));
        if (found >= 0) top = found;
        else message = 'Pattern not found';
      } else top += steps(key, height, lines.length);
    }
  }
}

function steps(key: string, height: number, total: number): number {
  if (['down', 'j', 'enter', 'e'].includes(key)) return 1;
  if (['up', 'k', 'y'].includes(key)) return -1;
  if (['page-down', ' ', 'f', '\x06'].includes(key)) return height;
  if (['page-up', 'b', '\x02'].includes(key)) return -height;
  if (['g', 'home', '<'].includes(key)) return -total;
  if (['G', 'end', '>'].includes(key)) return total;
  if (key === 'd') return Math.floor(height / 2);
  if (key === 'u') return -Math.floor(height / 2);
  return 0;
}
