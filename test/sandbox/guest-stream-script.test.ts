/** How scripts are rewritten to print as they run: each way a command can stand in one. */
import { describe, expect, it } from 'vitest';
import { createScriptSyntax, parseLines } from '../../main/sandbox/guest/shell/script-syntax.ts';
import { scriptReadsInput } from '../../main/sandbox/guest/shell/standard-input.ts';
import { streamScript } from '../../main/sandbox/guest/shell/stream-script.ts';

const syntax = createScriptSyntax();
const { serialize } = syntax;

/** With short names for what is ours. */
function rewrite(script: string, terminal = true): string {
  return serialize(streamScript(syntax.parse(script), { terminal, serialize }))
    .replaceAll('/dev/.sandbox-out', 'OUT')
    .replaceAll('/dev/.sandbox-error', 'ERR')
    .replaceAll('/bin/__', '@')
    .replaceAll('\n', ' ');
}

describe('a rewritten script', () => {
  it.each([
    ['sends a command to the sink', 'nvtop', '{ nvtop; } >> OUT 2>> ERR'],
    ['keeps bytes as bytes', 'cat f', '{ cat f >> OUT; } >> OUT 2>> ERR'],
    ['leaves a redirection in force', 'cat f > g', '{ cat f >> OUT > g; } >> OUT 2>> ERR'],
    ['leaves assignments alone', 'x=1', 'x=1'],
    [
      'stops a list on Ctrl-C',
      'x; y',
      '{ x; } >> OUT 2>> ERR if @tick; then { y; } >> OUT 2>> ERR fi',
    ],
    [
      'looks at each turn of a loop, out of all of them',
      'for i in 1; do while x; do y; done; done',
      "for i in 1; do @tick || break '1' while { x; } >> OUT 2>> ERR; do @tick || break '2' { y; } >> OUT 2>> ERR done done",
    ],
    [
      'keeps && and ||',
      'a && b || c',
      '{ a; } >> OUT 2>> ERR && { b; } >> OUT 2>> ERR || { c; } >> OUT 2>> ERR',
    ],
    ['hands the terminal to what goes on', 'yes no', "{ @live '--' yes no; } >> OUT 2>> ERR"],
    ['also behind sudo', 'sudo tail -f log', "{ @live '--' sudo tail -f log; } >> OUT 2>> ERR"],
    ['not to a tail that ends', 'tail -n 3 log', '{ tail -n 3 log >> OUT; } >> OUT 2>> ERR'],
    [
      'lets a log grow as it runs',
      'python3 train.py > log 2>&1',
      "{ @live '--to' log '--merge' '--' python3 train.py; } >> OUT 2>> ERR",
    ],
    [
      'feeds filters as it comes',
      'tail -f log | grep --line-buffered x | head -n 2',
      "{ @live '--stage' 'grep x' '--stage' 'head -n 2' '--' tail -f log; } >> OUT 2>> ERR",
    ],
    [
      'gathers for other readers',
      'ping x | wc -l',
      "{ @live '--collect' 'wc -l' '--' ping x; } >> OUT 2>> ERR",
    ],
    ['pages what came through a pipe', 'x | less', "{ x | @live '--' less; } >> OUT 2>> ERR"],
    [
      'loads a script file',
      'bash run.sh a',
      "(@load 'shell' run.sh a && set '--' a && eval \"$__line\")",
    ],
    [
      'loads one by its path',
      './run.sh',
      "(@load 'path' ./run.sh && set '--' && eval \"$__line\")",
    ],
    ['runs beside', 'sleep 9 &', "{ @background 'sleep 9'; } >> OUT 2>> ERR"],
    ['knows the last of those', 'echo $!', '{ echo $__last_background >> OUT; } >> OUT 2>> ERR'],
    [
      'asks the keyboard',
      'read -p q x',
      '{ @read-line -p q x; } >> OUT 2>> ERR && { @decode x; } >> OUT 2>> ERR',
    ],
    ['gathers the keyboard', 'cat > f', '{ @read-input | cat >> OUT > f; } >> OUT 2>> ERR'],
    [
      'does not ask where a file is read',
      'while read l; do x; done < f',
      "while { read l; } >> OUT 2>> ERR && { @decode l; } >> OUT 2>> ERR; do @tick || break '1' { x; } >> OUT 2>> ERR done < f",
    ],
    ['leaves functions to their callers', 'f() { x; }', 'f() { x; }'],
    [
      'but stops their loops',
      'f() { while x; do y; done; }',
      "f() { while x; do @tick || break '1' y done; }",
    ],
    ['leaves $(…) alone', 'x=$(yes | head -1)', 'x=$(yes | head -1)'],
  ])('%s', (_, script, expected) => {
    expect(rewrite(script)).toBe(expected);
  });

  it('asks no keyboard where there is none', () => {
    expect(rewrite('cat > f', false)).not.toContain('@read-input');
  });
});

describe('standard input', () => {
  it.each([
    'cat > f',
    'tee f',
    'head -n 3',
    'grep -m 1 x',
    'tar xzf -',
    'sudo tee /etc/x',
    'while read l; do echo $l; done',
    'bash -s',
    'sort | uniq -c',
    'cd /tmp && cat > f',
  ])('is awaited by %s', (script) => {
    expect(scriptReadsInput(syntax.parse(script))).toBe(true);
  });

  it.each([
    'uname -a',
    'cat f',
    'head -n 3 f',
    'grep x f',
    'tar czf out.tgz dir',
    'cat < f',
    'while read l; do echo $l; done < f',
    'bash -c "echo x"',
    'ls | sort',
  ])('is not awaited by %s', (script) => {
    expect(scriptReadsInput(syntax.parse(script))).toBe(false);
  });
});

describe('a line that wants more', () => {
  it.each([
    'echo "a',
    "echo 'a",
    'for i in 1; do',
    'if true; then',
    'if true; then x; else',
    'f() {',
    'echo $(',
    'a \\',
    'case x in',
    'yes |',
    'true &&',
    'cat <<E\none',
  ])('%s', (text) => {
    expect(parseLines(syntax, text)).toBeUndefined();
  });

  it.each(['echo a', 'echo \\|', 'cat <<E\none\nE', 'if true; then x; fi'])('is not %s', (text) => {
    expect(parseLines(syntax, text)).toBeDefined();
  });

  it.each(['fi', 'a;;b'])('is not what more cannot mend: %s', (text) => {
    expect(() => parseLines(syntax, text)).toThrow(/unexpected token/);
  });
});
