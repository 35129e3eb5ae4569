/** What a shell shows before a line: bash's usual, or what PS1 asks for in its simple forms. */
import type { PromptState } from '../shell/shell-protocol.ts';

const green = '\x1b[1;32m';
const blue = '\x1b[1;34m';
const plain = '\x1b[0m';

export function promptText(
  { directory, environment, continued }: PromptState,
  hostName: string,
): string {
  if (continued) return environment.PS2 ?? '> ';
  const short = directory.replace(/^\/root(?=\/|$)/, '~');
  const template = environment.PS1;
  if (template === undefined) return `${green}root@${hostName}${plain}:${blue}${short}${plain}# `;
  const values: Readonly<Record<string, string>> = {
    u: 'root',
    h: hostName,
    H: hostName,
    w: short,
    W: short.split('/').at(-1) || '/',
    $: '#',
    n: '\r\n',
    e: '\x1b',
    '[': '',
    ']': '',
  };
  return template
    .replaceAll('\\033', '\\e')
    .replace(/\\([uhHwW$ne[\]])/g, (_, letter: string) => values[letter] ?? '');
}
