/** Terminals of the real core on a real OpenSSH server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveCore, nextEvent, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { attachPage, readTerminal } from '../support/terminal-page.ts';

let sshd: Sshd;
let live: LiveCore;
let instance: string;

beforeAll(async () => {
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
});

async function openTerminal() {
  const open = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
    changed.some(({ state }) => state === 'open' || state === 'failed'),
  );
  const terminal = await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
  await open;
  return terminal;
}

const stateOf = (id: string) => readTerminal(live.client, id);

describe('a terminal on a real server', () => {
  it('asks once about the host key, then runs what is typed', async () => {
    const terminal = await openTerminal();
    const page = await attachPage(live.client, terminal);
    await page.type('echo sum=$((40+2)); tty\r');
    await page.until(/sum=42/);
    const again = await openTerminal();
    await live.client.call('terminals.close', { id: again.id });
    const questions = live.prompts.filter(({ question }) => question.kind === 'host-key');
    expect(questions).toHaveLength(1);
    expect(questions[0]?.question).toMatchObject({ fingerprint: sshd.hostKeyFingerprint() });
    await live.client.call('terminals.close', { id: terminal.id });
  });

  it('tells the shell its size, also after a change', async () => {
    const terminal = await openTerminal();
    const page = await attachPage(live.client, terminal);
    await page.type('stty size\r');
    await page.until(/24 80/);
    await live.client.call('terminals.resize', { id: terminal.id, columns: 132, rows: 43 });
    await page.type('stty size\r');
    await page.until(/43 132/);
    await live.client.call('terminals.close', { id: terminal.id });
  });

  it('keeps output for a page that attaches later, and continues where a page left off', async () => {
    const terminal = await openTerminal();
    const first = await attachPage(live.client, terminal);
    await first.type("printf 'on%s\\n' e\r");
    await first.until(/\bone\b/);
    first.stream.end();
    const second = await attachPage(live.client, terminal, 1024 * 1024, first.received());
    expect(second.start).toBe(first.received());
    await second.type("printf 'tw%s\\n' o\r");
    await second.until(/\btwo\b/);
    expect(second.output()).not.toMatch(/\bone\b/);
    const third = await attachPage(live.client, terminal);
    await third.until(/\bone\b[\s\S]*\btwo\b/);
    await live.client.call('terminals.close', { id: terminal.id });
  });

  it('holds the far end back when the page takes nothing, and loses not a byte of 50 MB', async () => {
    const terminal = await openTerminal();
    const page = await attachPage(live.client, terminal, 0);
    await page.type(
      `stty -echo -onlcr; bind 'set enable-bracketed-paste off'; PS1=; printf 'READ%s' Y\r`,
    );
    page.stream.grant(100_000);
    await page.until(/READY/);
    const before = page.received();
    const size = 50_000_000;
    await page.type(`head -c ${size} /dev/zero | tr '\\0' x; printf END\r`);
    await page.until(/xEND$/);
    expect(page.received() - before).toBe(size + 3);
    await live.client.call('terminals.close', { id: terminal.id });
  });

  it('says how the shell ended, and opens a new one on request', async () => {
    const terminal = await openTerminal();
    const page = await attachPage(live.client, terminal);
    await page.type('exit 3\r');
    await expect
      .poll(() => stateOf(terminal.id))
      .toMatchObject({ state: 'closed', exit: { status: 3 } });
    await live.client.call('terminals.reconnect', { id: terminal.id, columns: 80, rows: 24 });
    await expect.poll(() => stateOf(terminal.id)).toMatchObject({ state: 'open' });
    await page.type('echo back=$((1+1))\r');
    await page.until(/back=2/);
    await live.client.call('terminals.close', { id: terminal.id });
  });

  it('fails with the reason when the connection breaks', async () => {
    const terminal = await openTerminal();
    sshd.dropSessions();
    await expect
      .poll(() => stateOf(terminal.id))
      .toMatchObject({ state: 'failed', failure: { code: 'network' } });
    await live.client.call('terminals.close', { id: terminal.id });
    expect(await stateOf(terminal.id)).toBeUndefined();
  });
});
