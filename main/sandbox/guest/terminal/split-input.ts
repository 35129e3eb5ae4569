/** Cuts what a terminal sends into keys; an unfinished escape sequence waits for its rest. */

const mark = '\x1b';
const sequence = new RegExp(`^${mark}(?:\\[[0-9;?]*[~A-Za-z]|O[A-Z]|[^\\[O])`, 'u');
const unfinished = new RegExp(`^${mark}(?:\\[[0-9;?]*|O)?$`);

export function splitInput(input: string): { keys: readonly string[]; rest: string } {
  const keys: string[] = [];
  let at = 0;
  while (at < input.length) {
    if (input[at] === mark) {
      const left = input.slice(at, at + 32);
      if (unfinished.test(left)) return { keys, rest: input.slice(at) };
      const [key = mark] = sequence.exec(left) ?? [];
      keys.push(key);
      at += key.length;
    } else {
      const key = String.fromCodePoint(input.codePointAt(at) ?? 0);
      keys.push(key);
      at += key.length;
    }
  }
  return { keys, rest: '' };
}
