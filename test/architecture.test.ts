/** The laws of the house, kept by reading every file, and each proved by a file that breaks it. */
import { describe, expect, test } from 'vitest';
import { breachesOf, laws } from './support/architecture/laws.ts';
import { parseSource } from './support/architecture/parse-source.ts';
import { readSources, rooms } from './support/architecture/read-sources.ts';

/** For each law: a file that breaks it, and one beside it that does not. */
const proofs: readonly [law: string, breaks: [string, string], keeps: [string, string]][] = [
  [
    'electron-in-its-rooms',
    ['main/core/a.ts', `import type { App } from 'electron';`],
    ['main/platform/electron/a.ts', `import { app } from 'electron';`],
  ],
  [
    'electron-in-its-rooms',
    ['main/platform/node/a.ts', `import Store from 'electron-store';`],
    ['main/platform/node/a.ts', `import Conf from 'conf';`],
  ],
  [
    'electron-in-its-rooms',
    ['renderer/a.ts', `export type App = import('electron').App;`],
    ['main/electron.ts', `const electron = await import('electron');`],
  ],
  [
    'core-knows-no-host',
    ['main/features/ssh/a.ts', `import { watch } from '../../platform/node/watch-sleep.ts';`],
    ['main/features/ssh/a.ts', `import type { Platform } from '../../platform/platform.ts';`],
  ],
  [
    'core-knows-no-host',
    ['main/clouds/glows/a.ts', `import { serve } from '../../hosts/serve.ts';`],
    ['main/headless.ts', `import { serve } from './hosts/serve.ts';`],
  ],
  [
    'only-the-catalogue-knows-every-cloud',
    ['main/features/fleet.ts', `import type { A } from '../clouds/servers/cloud.ts';`],
    ['main/features/fleet.ts', `import type { Cloud } from '../clouds/cloud.ts';`],
  ],
  [
    'only-the-catalogue-knows-every-cloud',
    ['main/clouds/glows/a.ts', `export * from '../servers/cloud.ts';`],
    ['main/clouds/catalogue.ts', `import { servers } from './servers/cloud.ts';`],
  ],
  [
    'clouds-meet-the-sandbox-over-http',
    ['main/sandbox/a.ts', `import type { Cloud } from '../clouds/cloud.ts';`],
    ['main/sandbox/a.ts', `import { z } from 'zod';`],
  ],
  [
    'clouds-meet-the-sandbox-over-http',
    ['main/clouds/glows/a.ts', `const world = import('../../sandbox/world.ts');`],
    ['main/clouds/glows/a.ts', `import { get } from '../http.ts';`],
  ],
  [
    'main-knows-no-page',
    ['main/core/a.ts', `import { b } from '../../renderer/b.ts';`],
    ['main/core/a.ts', `import { b } from '../../preload/contract/wire.ts';`],
  ],
  [
    'renderer-imports-renderer-and-contract',
    ['renderer/terminal/a.ts', `import type { Core } from '../../main/core/create-core.ts';`],
    ['renderer/terminal/a.ts', `import { b } from '../ui/b.ts';`],
  ],
  [
    'renderer-imports-renderer-and-contract',
    ['renderer/a.ts', `import { readFileSync } from 'node:fs';`],
    ['renderer/a.ts', `import texts from '../assets/locales/en/common.json';`],
  ],
  [
    'renderer-carries-no-schema',
    ['renderer/a.ts', `import { vault } from '../preload/contract/vault.ts';`],
    ['renderer/a.ts', `import type { VaultStatus } from '../preload/contract/vault.ts';`],
  ],
  [
    'renderer-carries-no-schema',
    ['renderer/a.ts', `import { type Vault, vault } from '../preload/contract/vault.ts';`],
    ['renderer/a.ts', `import { languages } from '../preload/contract/constants.ts';`],
  ],
  [
    'contract-stands-alone',
    ['preload/contract/a.ts', `import { join } from 'node:path';`],
    ['preload/contract/a.ts', `import { z } from 'zod';`],
  ],
  [
    'contract-stands-alone',
    ['preload/contract/a.ts', `import type { Log } from '../../main/core/log.ts';`],
    ['preload/contract/a.ts', `import { call } from './define.ts';`],
  ],
  [
    'plain-contract-has-no-schema',
    ['preload/contract/errors.ts', `import { z } from 'zod';`],
    ['preload/contract/errors.ts', `import type { z } from 'zod';`],
  ],
  [
    'preload-carries-types-only',
    ['preload/index.ts', `import { wire } from './contract/wire.ts';`],
    ['preload/index.ts', `import type { Frame } from './contract/wire.ts';`],
  ],
  [
    'product-imports-no-test',
    ['main/core/a.ts', `import { startSshd } from '../../test/support/sshd.ts';`],
    ['test/a.test.ts', `import { startSshd } from './support/sshd.ts';`],
  ],
  [
    'ssh2-as-a-whole',
    ['main/features/ssh/a.ts', `import { utils } from 'ssh2';`],
    ['main/features/ssh/a.ts', `import ssh2, { type Client } from 'ssh2';`],
  ],
  [
    'no-default-export',
    ['main/core/a.ts', `export default 1;`],
    ['main/core/a.ts', `export const one = 1;`],
  ],
  [
    'no-default-export',
    ['main/core/a.ts', `const one = 1; export { one as default };`],
    ['main/core/a.ts', `const one = 1; export { one };`],
  ],
  [
    'no-synchronous-ipc',
    ['preload/index.ts', `ipcRenderer.sendSync('x');`],
    ['preload/index.ts', `ipcRenderer.send('x');`],
  ],
  [
    'renderer-speaks-over-the-channel',
    ['renderer/a.ts', `const answer = await fetch('/x');`],
    ['renderer/a.ts', `const answer = await query.refetch();`],
  ],
  [
    'renderer-speaks-over-the-channel',
    ['renderer/a.ts', `const socket = new window.WebSocket('ws://x');`],
    ['renderer/client/connect.ts', `const socket = new WebSocket('ws://x');`],
  ],
  [
    'no-markup-from-text',
    ['renderer/a.tsx', `const a = <p dangerouslySetInnerHTML={{ __html: text }} />;`],
    ['renderer/a.tsx', `const a = <p>{text}</p>;`],
  ],
  [
    'renderer-names-no-cloud',
    ['renderer/a.ts', `if (account.cloud === 'servers') hide();`],
    ['renderer/a.ts', `if (action.id === 'add-server') hide();`],
  ],
  [
    'renderer-names-no-cloud',
    ['renderer/a.ts', `switch (cloud) { case 'servers': hide(); }`],
    ['renderer/a.ts', `const label = names.get(cloud);`],
  ],
  [
    'features-name-no-cloud',
    ['main/features/a.ts', `if ('glows' !== account.cloud) hide();`],
    ['main/features/a.ts', `const cloud = catalogue.get(account.cloud);`],
  ],
  [
    'one-way-out',
    ['main/electron.ts', `electron.shell.openExternal(url);`],
    ['main/platform/electron/open-external.ts', `electron.shell.openExternal(url);`],
  ],
  [
    'one-way-out',
    ['main/platform/electron/menu.ts', `void shell.openPath(file);`],
    ['main/platform/electron/menu.ts', `void platform.openExternal(url);`],
  ],
  [
    'no-sandbox-given-up',
    ['build/start.mjs', `spawn(binary, ['--no-sandbox']);`],
    ['build/start.mjs', `spawn(binary, ['.']);`],
  ],
  [
    'no-sandbox-given-up',
    ['main/electron.ts', `app.commandLine.appendSwitch('no-sandbox');`],
    ['main/electron.ts', `app.enableSandbox();`],
  ],
  [
    'no-check-switched-off',
    ['main/core/a.ts', `// @ts${'-'}ignore\nconst a = 1;`],
    ['main/core/a.ts', `// ignored on purpose\nconst a = 1;`],
  ],
  [
    'opens-with-its-purpose',
    ['main/core/a.ts', `import { b } from './b.ts';`],
    ['main/core/a.ts', `/** What it is for. */\nimport { b } from './b.ts';`],
  ],
  [
    'kebab-case-names',
    ['main/core/CloudImpl.ts', `const a = 1;`],
    ['main/core/cloud-account.ts', `const a = 1;`],
  ],
  [
    'kebab-case-names',
    ['main/core/utils.ts', `const a = 1;`],
    ['renderer/ui/open-page.test.tsx', `const a = 1;`],
  ],
  [
    'one-barrel',
    ['renderer/ui/index.ts', `export * from './table.tsx';`],
    ['preload/contract/index.ts', `export const contract = {};`],
  ],
  [
    'small-files',
    ['main/core/a.ts', 'call();\n'.repeat(301)],
    ['main/core/a.ts', 'call();\n'.repeat(300)],
  ],
];

const lawsBroken = ([path, text]: readonly [string, string]) =>
  breachesOf(parseSource(path, text)).map(({ law }) => law);

describe('a file that breaks it is caught:', () => {
  test.each(proofs)('%s', (law, breaks, keeps) => {
    expect(lawsBroken(breaks)).toContain(law);
    expect(lawsBroken(keeps)).not.toContain(law);
  });

  test('every law has its proof', () => {
    const proved = new Set(proofs.map(([law]) => law));
    expect(laws.map(({ id }) => id).filter((id) => !proved.has(id))).toEqual([]);
  });
});

describe('the project', () => {
  const sources = readSources();

  test('breaks no law', () => {
    const breaches = sources.flatMap(breachesOf);
    expect(
      breaches.map(({ path, what, law, reason }) => `${path}: ${what} (${law}: ${reason})`),
    ).toEqual([]);
  });

  test('has launchers that keep the sandbox on', () => {
    const build = readSources(['build']).flatMap(breachesOf);
    expect(build.filter(({ law }) => law === 'no-sandbox-given-up')).toEqual([]);
  });

  test('has small files', ({ annotate }) => {
    for (const room of rooms) {
      const lines = sources
        .filter(({ path }) => path.startsWith(`${room}/`))
        .map(({ text }) => text.split('\n').length - 1)
        .sort((one, other) => one - other);
      const median = lines[Math.floor(lines.length / 2)] ?? 0;
      void annotate(`${room}: ${lines.length} files, median ${median} lines`);
      expect(median, `median lines of ${room}`).toBeLessThanOrEqual(100);
    }
  });
});
