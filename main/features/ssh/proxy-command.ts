/** A proxy command as a program and its arguments: no shell ever sees it. */
import { join } from 'node:path';
import parseArgsString from 'string-argv';
import { disguises } from '../../../preload/contract/constants.ts';
import { refusal } from '../../../preload/contract/errors.ts';

/** Neither seen by who is asked about it, nor meant by anybody. */
const invisible = new RegExp(`[${disguises}]`, 'u');

/**
 * @returns the program, then its arguments
 * @throws CloudError invalid `proxy-command-shell` when only a shell would understand it, `proxy-command-empty`,
 *   `proxy-command-invisible`
 */
export function parseProxyCommand(
  command: string,
  homeDirectory: string,
): readonly [string, ...string[]] {
  // OpenSSH puts "exec" before it for the shell's sake; some write it themselves.
  const text = command.trim().replace(/^exec(\s+|$)/, '');
  const outsideQuotes = text.replace(/'[^']*'|"[^"$`]*"/g, '');
  const shell = /[;&|<>`$\n*?]/.exec(outsideQuotes);
  if (shell) throw refusal('invalid', 'proxy-command-shell', { text: shell[0] });
  if (invisible.test(text.replaceAll('\t', ' '))) {
    throw refusal('invalid', 'proxy-command-invisible');
  }
  const [file, ...args] = parseArgsString(text).map((word) =>
    word.startsWith('~/') ? join(homeDirectory, word.slice(2)) : word,
  );
  if (!file) throw refusal('invalid', 'proxy-command-empty');
  return [file, ...args];
}
