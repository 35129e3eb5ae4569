/** A guest's interactive shell over SSH: state, streaming, Ctrl-C, programs that take the screen. */
import type { Client } from 'ssh2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGuest, type TestGuest } from '../support/guest.ts';
import { type GuestTerminal, openGuestTerminal, prompt } from '../support/guest-terminal.ts';

let guest: TestGuest;
let client: Client;
let terminal: GuestTerminal;

beforeAll(async () => {
  guest = await startTestGuest({ datadrive: { files: [], readOnly: false } });
  client = await guest.connect();
});
afterAll(() => guest.stop());

beforeEach(async () => {
  terminal = await openGuestTerminal(client);
  await terminal.until(prompt);
});
afterEach(() => terminal.close());

/** Types a line and waits for the next prompt. */
async function run(line: string): Promise<string> {
  terminal.type(`${line}\r`);
  const seen = await terminal.until(prompt);
  return seen.slice(seen.indexOf('\n') + 1, seen.lastIndexOf('root@'));
}

describe('a shell', () => {
  it('says at sign-in that it is simulated', async () => {
    const other = await openGuestTerminal(client);
    expect(await other.until(prompt)).toMatch(/Simulated by the Pilothouse sandbox/);
    other.close();
  });

  it('keeps directory, variables, functions, aliases and status from line to line', async () => {
    await run('cd /tmp; x=5; f() { echo "f $x $1"; }; alias hello="echo aliased"');
    expect(await run('f one; pwd; hello; (exit 3)')).toBe('f 5 one\n/tmp\naliased\n');
    expect(await run('echo $?')).toBe('3\n');
  });

  it('lists files in columns, and one by one into a pipe', async () => {
    await run('mkdir -p /tmp/l && cd /tmp/l && touch one two 三.txt');
    expect(await run('ls')).toBe('one     two     三.txt\n');
    expect(await run('ls | cat')).toBe('one\ntwo\n三.txt\n');
  });

  it('survives what is wrong', async () => {
    expect(await run('nosuch')).toMatch(/nosuch: command not found/);
    expect(await run('fi')).toMatch(/syntax error/);
    expect(await run('echo $((1/0))')).toMatch(/division by 0/);
    expect(await run('cat /nowhere')).toMatch(/No such file/);
    expect(await run('echo alive')).toBe('alive\n');
  });

  it('takes lines that go on', async () => {
    terminal.type('for i in 1 2\r');
    await terminal.until(/> $/);
    terminal.type('do echo "n $i"; done\r');
    expect(await terminal.until(prompt)).toMatch(/n 1\nn 2\n/);
  });

  it('is asked by read, and by cat until Ctrl-D', async () => {
    terminal.type('read -p "name? " who; echo "hi $who"\r');
    await terminal.until(/name\? $/);
    terminal.type('王小明\r');
    expect(await terminal.until(prompt)).toMatch(/hi 王小明\n/);
    terminal.type('cat > /tmp/typed\rone\rtwo\r');
    await terminal.until(/two\n$/);
    terminal.type('\x04');
    await terminal.until(prompt);
    expect(await run('cat /tmp/typed')).toBe('one\ntwo\n');
  });

  it('knows its terminal, also after a change of size', async () => {
    expect(await run('tty; stty size')).toMatch(/^\/dev\/pts\/\d+\n24 80\n$/);
    terminal.resize(132, 43);
    expect(await run('stty size')).toBe('43 132\n');
  });

  it('remembers lines in ~/.bash_history for the next session', async () => {
    await run('echo remembered');
    const other = await openGuestTerminal(client);
    await other.until(prompt);
    other.type('\x12remem\r');
    expect(await other.until(/\nremembered\n/)).toMatch(/remembered/);
    other.close();
  });

  it('ends with the status of exit, and at Ctrl-D', async () => {
    terminal.type('exit 4\r');
    expect(await terminal.ended).toBe(4);
    const other = await openGuestTerminal(client);
    await other.until(prompt);
    other.type('\x04');
    expect(await other.ended).toBe(0);
  });
});

describe('what streams', () => {
  it('shows each line of a loop as it comes', async () => {
    terminal.type('for i in 1 2; do echo "turn $i"; read -r; done\r');
    await terminal.until(/turn 1\n$/);
    terminal.type('\r');
    await terminal.until(/turn 2\n$/);
    terminal.type('\r');
    await terminal.until(prompt);
  });

  it('shows each line of a script file as it comes', async () => {
    await run(
      `printf '#!/bin/bash\\nfor i in 1 2; do echo "$1 $i"; read -r; done; exit 6\\n' > run.sh`,
    );
    expect(await run('./run.sh')).toMatch(/Permission denied/);
    await run('chmod +x run.sh');
    for (const command of ['./run.sh', 'bash run.sh']) {
      terminal.type(`${command} turn\r`);
      await terminal.until(/turn 1\n$/);
      terminal.type('\r');
      await terminal.until(/turn 2\n$/);
      terminal.type('\r');
      await terminal.until(prompt);
      expect(await run('echo $?')).toBe('6\n');
    }
  });

  it('follows a log that a training run in the background writes', async () => {
    await run('cd; python3 train.py --steps 100000 --interval 0.02 > train.log 2>&1 &');
    terminal.type('tail -f train.log | grep --line-buffered "0/100000"\r');
    await terminal.until(/step \d+0\/100000 loss/);
    terminal.type('\x03');
    await terminal.until(prompt);
    expect(await run('nvidia-smi --query-gpu=utilization.gpu --format=csv,noheader')).toMatch(
      /9\d %/,
    );
    expect(await run('jobs; ps')).toMatch(/\[1\] {3}Running .*train\.py/);
    let said = await run('kill $!');
    const listen = async () => {
      said += await run('');
      return said;
    };
    await expect.poll(listen).toMatch(/\[1\]\+ {2}Terminated/);
    expect(await run('nvidia-smi --query-gpu=utilization.gpu --format=csv,noheader')).toMatch(
      /0 %\n$/,
    );
  });

  it('holds a command back while nobody reads, and ends it', async () => {
    terminal.type('yes | head -n 3\r');
    await terminal.until(/y\ny\ny\n.*# $/s);
    terminal.type('yes\r');
    await terminal.until(/(y\n){100}/);
    terminal.type('\x03');
    await terminal.until(prompt);
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['sleep 100; echo no', ''],
    ['while true; do :; done; echo no', ''],
    ['f() { while true; do x=1; done; }; f; echo no', ''],
    ['for i in 1 2 3; do while true; do sleep 1; done; done', ''],
    ['python3 train.py', ''],
    ['watch -n 1 date', ''],
    ['tail -f /root/README.txt', ''],
    ['x=$(sleep 100)', ''],
    ['cat', ''],
  ])('ends %s, which nobody here could wait for, and the shell goes on', async (line) => {
    await run('kept() { echo still here; }');
    terminal.type(`${line}\r`);
    // Accepted; what it does begins somewhen after that.
    await terminal.until(/\n/);
    terminal.type('\x03');
    await terminal.until(prompt);
    expect(await run('kept')).toBe('still here\n');
  });

  it('ends what never listens by ending the worker; files and directory stay', async () => {
    await run('mkdir -p /tmp/work && cd /tmp/work && echo data > file');
    // Sorting takes its thread for seconds and looks at nothing meanwhile.
    terminal.type('yes | sort | sort | sort | sort\r');
    await new Promise((resolve) => setTimeout(resolve, 700));
    terminal.type('\x03');
    await terminal.until(prompt);
    expect(await run('pwd; cat file')).toBe('/tmp/work\ndata\n');
  });

  it('gives up the line that is typed', async () => {
    terminal.type('rm -rf half a line\x03');
    await terminal.until(/\^C\n.*# $/s);
    expect(await run('echo fine')).toBe('fine\n');
  });
});

describe('programs that take the screen', () => {
  it('top shows the machine, and leaves at q', async () => {
    terminal.type('top\r');
    await terminal.until(/Tasks: \d+ total[\s\S]*\/usr\/bin\/jupyt/);
    terminal.type('q');
    await terminal.until(prompt);
  });

  it('less turns pages, also of a pipe, and leaves at q', async () => {
    terminal.type('seq 1 100 | less\r');
    await terminal.until(/\n23\n/);
    terminal.type(' ');
    await terminal.until(/\n46\n/);
    terminal.type('q');
    await terminal.until(prompt);
  });

  it('vi says what it is, and writes a file', async () => {
    terminal.type('vi /tmp/note\r');
    await terminal.until(/Sandbox editor/);
    terminal.type('第一行\rsecond\x7f\x7f\x0f');
    await terminal.until(/2 lines written/);
    terminal.type('\x18');
    await terminal.until(prompt);
    expect(await run('cat /tmp/note')).toBe('第一行\nseco\n');
  });
});
