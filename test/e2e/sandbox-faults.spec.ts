/** An operator's work on a cloud that has a bad day: done once, with words for whatever went wrong. */
import { expect, type Page, test } from '@playwright/test';
import { sandboxOf } from '../support/app-sandbox.ts';
import { createWizard, fillOrder, openFleet, rowOf } from '../support/fleet-page.ts';
import { clientOn, joinWebHost } from '../support/join-web-host.ts';
import type { ApiInstance, SandboxApi } from '../support/sandbox-api.ts';
import { startWebApp } from '../support/web-app.ts';

const name = 'bad-day';
const snapshot = 'bad-day-saved';
const usual = { latency: 50, rate429: 0.05, rate5xx: 0.03, reset: 0.01, lostAnswer: 0.02 };
const patience = { timeout: 60_000 };

test('one create, one snapshot and one release, however often the cloud fails', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const app = await startWebApp({
    sandbox: true,
    env: {
      PILOTHOUSE_SANDBOX_CLOCK_RATE: '60',
      PILOTHOUSE_SANDBOX_FAULTS: Object.entries(usual)
        .map(([fault, value]) => `${fault}=${value}`)
        .join(','),
    },
  });
  const said = await collectAlerts(page);
  try {
    const client = clientOn(await joinWebHost(app.url));
    await client.call('settings.change', { language: 'en' });
    await openFleet(page, app);
    const sandbox = await sandboxOf(app);

    await page.getByRole('button', { name: 'Create instance' }).click();
    const creating = createWizard(page);
    await fillOrder(page, {
      ...{ name, image: /Ubuntu 24.04/, kind: 'CPU' },
      ...{ region: 'TW-03', hardware: 'AMD EPYC 7402 8C' },
    });
    await losingAnswers(sandbox, '/instance', async () => {
      await creating.getByRole('button', { name: 'Complete Checkout' }).click();
      await expect(creating.getByRole('alert')).toBeVisible(patience);
    });
    await expect(creating).toBeHidden(patience);
    await expect(rowOf(page, name)).toContainText('Running', patience);

    await rowOf(page, name).getByRole('button', { name: 'Take Snapshot' }).click();
    const saving = page.getByRole('dialog', { name: 'Take Snapshot' });
    await saving.getByLabel('Name').fill(snapshot);
    await losingAnswers(sandbox, '/snapshot', async () => {
      await saving.getByRole('button', { name: 'Take Snapshot' }).click();
      await expect(saving.getByRole('alert')).toBeVisible(patience);
    });
    await saving.getByRole('button', { name: 'Done' }).click(patience);
    await expect(rowOf(page, name)).toContainText('Running', patience);

    await rowOf(page, name).getByRole('button', { name: 'Release' }).click();
    const releasing = page.getByRole('dialog', { name: 'Release' });
    await losingAnswers(sandbox, '/instance', async () => {
      await releasing.getByRole('button', { name: 'Stop & Release' }).click();
      await expect(releasing.getByRole('alert')).toBeVisible(patience);
    });
    await releasing.getByRole('button', { name: 'Done' }).click(patience);
    await expect(rowOf(page, name)).toContainText('Released', patience);

    await sandbox.control('faults', {});
    const { instances } = await sandbox.done<{ readonly instances: readonly ApiInstance[] }>(
      ...(['GET', '/instance/list?per_page=1000'] as const),
    );
    const made = instances.filter(({ remark }) => remark === name);
    expect(made.map(({ status }) => status)).toEqual(['Released']);
    const { snapshots } = await sandbox.done<{ readonly snapshots: readonly Named[] }>(
      ...(['GET', '/ext/snapshot/list'] as const),
    );
    expect(snapshots.filter((saved) => saved.name === snapshot)).toHaveLength(1);
    const { items: jobs } = await client.call('jobs.list', {});
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect([...said]).not.toEqual([]);
    for (const text of said) expect(text).toMatch(sentence);
  } finally {
    await app.stop();
  }
});

/** What is asked there is done, and nobody hears that it is. */
async function losingAnswers(
  sandbox: SandboxApi,
  path: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await sandbox.control('faults', { lostAnswer: 1, path });
  await meanwhile();
  await sandbox.control('faults', usual);
}

interface Named {
  readonly name: string;
}

/** Words, not a bare code, and nothing that was left untranslated or unfilled. */
const sentence = /^(?!.*(?:undefined|\{\{|\w+:\w+-\w+))[A-Z].*\s.*[.:]/s;

/** Everything the page says in an alert, from now on. */
async function collectAlerts(page: Page): Promise<Iterable<string>> {
  const said = new Set<string>();
  await page.exposeFunction('alertSeen', (text: string) => said.add(text));
  await page.addInitScript(() => {
    const tell = () => {
      for (const alert of document.querySelectorAll<HTMLElement>('[role=alert]')) {
        Reflect.get(window, 'alertSeen')(alert.innerText);
      }
    };
    new MutationObserver(tell).observe(document, { childList: true, subtree: true });
  });
  return said;
}
