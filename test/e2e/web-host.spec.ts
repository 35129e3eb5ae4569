/** The web host in a real browser: the link works once, leaves no trace, and nothing of it reaches another server. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '../support/e2e.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { openWithServer, serverName } from '../support/live-page.ts';

/** The empty first page asks for an SSH command; a page that was refused asks for nothing. */
const invitation = 'textbox';

test('the token leaves the address bar and the history', async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole('main').waitFor();
  expect(page.url()).toBe(`http://127.0.0.1:${app.port}/`);
  await page.goto('about:blank');
  await page.goBack();
  expect(page.url()).not.toContain('token');
});

test('a reload keeps the session', async ({ app, page }) => {
  await page.goto(app.url);
  await page.getByRole('main').getByRole(invitation).first().waitFor();
  await page.reload();
  await expect(page.getByRole('main').getByRole(invitation).first()).toBeVisible();
});

test('a used link opens nothing in another browser, and a new one does', async ({
  app,
  page,
  browser,
}) => {
  await page.goto(app.url);
  // Whoever comes first has the link: the page is drawn before it has said its token.
  await page.getByRole('main').getByRole(invitation).first().waitFor();
  const other = await browser.newPage();
  await other.goto(app.url);
  await expect(other.getByRole('heading', { name: 'This session is over' })).toBeVisible();
  await expect(other.getByRole('main').getByRole(invitation)).toHaveCount(0);
  await other.goto('about:blank');
  await other.goto(await app.newLink());
  await expect(other.getByRole('main').getByRole(invitation).first()).toBeVisible();
  await other.close();
});

test('the page says nothing to anybody but its own host', async ({ app, page }) => {
  const elsewhere: string[] = [];
  const own = new RegExp(`^(https?|wss?)://127\\.0\\.0\\.1:${app.port}/|^(data|blob|about):`);
  page.on('request', (request) => own.test(request.url()) || elsewhere.push(request.url()));
  page.on('websocket', (socket) => own.test(socket.url()) || elsewhere.push(socket.url()));
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(app.url);
  await page.getByRole('main').getByRole(invitation).first().waitFor();
  expect(elsewhere).toEqual([]);
  // The policy is kept by the page: nothing was blocked.
  expect(complaints).toEqual([]);
});

test('a server behind a tunnel sees nothing of ours', async ({ app, sshd, page, context }) => {
  const requests: IncomingMessage[] = [];
  const theirs = createServer((request, response) => {
    if (/Chrome/.test(request.headers['user-agent'] ?? '')) requests.push(request);
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>theirs</title>');
  });
  await listen(theirs);
  const runtime = join(sshd.home, '.local/share/jupyter/runtime');
  const runtimeFile = join(runtime, `nbserver-${process.pid}.json`);
  mkdirSync(runtime, { recursive: true });
  writeFileSync(runtimeFile, JSON.stringify({ port: addressPort(theirs), token: 'their-token' }));

  await openWithServer(page, app, sshd);
  await page.getByRole('row', { name: serverName }).click();
  const popup = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open JupyterLab' }).click();
  const opened = await popup;
  await opened.waitForURL(/127\.0\.0\.1:\d+\/tree$/);
  await opened.reload();

  expect(requests.length).toBeGreaterThan(1);
  for (const { headers, url } of requests) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
    expect(JSON.stringify([headers, url])).not.toMatch(new RegExp(`:${app.port}|token|pilothouse`));
  }
  expect(await context.cookies()).toEqual([]);
  const seen = await opened.evaluate(() => ({
    kept: { ...sessionStorage, ...localStorage },
    name: window.name,
    opener: window.opener,
    referrer: document.referrer.includes('pilothouse'),
  }));
  expect(seen).toEqual({ kept: {}, name: '', opener: null, referrer: false });

  // Nor can it speak to us from there: another port is another origin.
  const answers = await opened.evaluate(async (port) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/channel`);
    const channel = await new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    const page = await fetch(`http://127.0.0.1:${port}/`).then(
      () => 'read',
      () => 'refused',
    );
    return { channel, page };
  }, app.port);
  expect(answers).toEqual({ channel: 'refused', page: 'refused' });
  rmSync(runtimeFile);
  theirs.closeAllConnections();
  await closeServer(theirs);
});

test('the page cannot be framed', async ({ app, page }) => {
  const framing = createServer((_request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(`<!doctype html><iframe src="http://127.0.0.1:${app.port}/"></iframe>`),
  );
  await listen(framing);
  await page.goto(`http://127.0.0.1:${addressPort(framing)}/`);
  const frame = page.frames()[1];
  await expect.poll(() => frame?.url()).toMatch(/chrome-error/);
  framing.closeAllConnections();
  await closeServer(framing);
});
