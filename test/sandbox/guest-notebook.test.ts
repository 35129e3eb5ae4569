/** A guest's notebook service: who may enter, what it shows, what a shell cell runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGuest, type TestGuest } from '../support/guest.ts';

let guest: TestGuest;
let origin: string;
beforeAll(async () => {
  guest = await startTestGuest();
  origin = `http://127.0.0.1:${guest.guest.httpPort}`;
});
afterAll(() => guest.stop());

const authorization = () => ({ authorization: `token ${guest.token}` });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(origin + path, { headers, redirect: 'manual' });

describe('signing in', () => {
  it('is not needed for the version, and needed for everything else', async () => {
    expect(await (await get('/api')).json()).toEqual({
      version: expect.stringContaining('sandbox'),
    });
    expect((await get('/api/status')).status).toBe(403);
    expect((await get('/api/contents')).status).toBe(403);
    const page = await get('/lab');
    expect([page.status, page.headers.get('location')]).toEqual([302, '/login?next=%2Flab']);
  });

  it('takes the token in a header or an address, and gives a cookie for it', async () => {
    expect((await get('/api/status', authorization())).status).toBe(200);
    expect((await get('/api/status', { authorization: 'token wrong' })).status).toBe(403);
    const landed = await get(`/tree?token=${guest.token}`);
    expect([landed.status, landed.headers.get('location')]).toEqual([302, '/tree']);
    const cookie = landed.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(guest.token);
    const page = await get('/tree', { cookie: cookie.split(';')[0] ?? '' });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Simulated')]);
  });

  it('takes the token in a form, and leads nowhere else', async () => {
    const post = (next: string, password: string) =>
      fetch(`${origin}/login?next=${encodeURIComponent(next)}`, {
        method: 'POST',
        body: new URLSearchParams({ password }),
        redirect: 'manual',
      });
    expect((await post('/lab', 'wrong')).status).toBe(401);
    expect((await post('/tree', guest.token)).headers.get('location')).toBe('/tree');
    expect((await post('//evil.example', guest.token)).headers.get('location')).toBe('/lab');
  });
});

describe('what it shows', () => {
  it('has no inline script, and a policy that allows none', async () => {
    const page = await get('/lab', authorization());
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'/);
    expect(await page.text()).not.toMatch(/<script(?![^>]*src=)|\son\w+=/);
    expect((await get('/static/notebook.js')).headers.get('content-type')).toMatch(/javascript/);
  });

  it("lists the guest's files and their text, and nothing above /root", async () => {
    const contents = async (path: string) =>
      (await get(`/api/contents/${path}`, authorization())).json();
    expect(await contents('')).toMatchObject({
      type: 'directory',
      content: expect.arrayContaining([
        expect.objectContaining({ name: 'train.py', type: 'file' }),
      ]),
    });
    expect(await contents('README.txt')).toMatchObject({
      format: 'text',
      content: expect.stringContaining('simulated'),
    });
    expect(await contents('..%2f..%2fetc%2fpasswd')).toMatchObject({ message: expect.any(String) });
  });
});

describe('a shell cell', () => {
  const execute = (body: string, headers: Record<string, string>) =>
    fetch(`${origin}/api/sandbox/execute`, { method: 'POST', body, headers });

  it('runs a line in the guest', async () => {
    await guest.run('echo from the shell > shared');
    const answer = await execute('cat shared; nosuch', {
      ...authorization(),
      'x-sandbox': 'execute',
    });
    expect(await answer.json()).toEqual({
      output: 'from the shell\nbash: nosuch: command not found\n',
      status: 127,
    });
  });

  it('runs nothing for a page of another origin', async () => {
    expect((await execute('touch /tmp/evil', authorization())).status).toBe(403);
    expect((await execute('touch /tmp/evil', { 'x-sandbox': 'execute' })).status).toBe(403);
    expect((await guest.run('ls /tmp/evil')).status).toBe(2);
  });
});
