/** Node entry: the core with the web host, for machines without a display or without the Electron binary. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { version } from '../package.json' with { type: 'json' };
import { CloudError } from '../preload/contract/errors.ts';
import { createCore } from './core/create-core.ts';
import { guardProcess } from './core/process-guard.ts';
import { createTexts, systemLanguage } from './core/texts.ts';
import { serve } from './hosts/serve.ts';
import { startWebHost } from './hosts/web-host.ts';
import { openBrowser } from './platform/node/open-browser.ts';
import { createNodePlatform } from './platform/node/platform.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'data-dir': { type: 'string', default: envPaths('pilothouse', { suffix: '' }).data },
    'no-open': { type: 'boolean', default: false },
  },
});

try {
  await run();
} catch (error) {
  const texts = createTexts(systemLanguage());
  const reason = error instanceof CloudError ? texts.failure(error.toFailure()) : String(error);
  process.stderr.write(`Pilothouse: ${reason}\n`);
  // Whatever was begun: without a host nobody could reach it.
  process.exit(1);
}

async function run(): Promise<void> {
  const dataDirectory = values['data-dir'];
  const platform = createNodePlatform({ dataDirectory, version });
  const core = await createCore(platform);
  guardProcess(core.log);
  const host = await startWebHost({
    port: Number(values.port),
    directory: join(import.meta.dirname, '../renderer'),
    onChannel: (channel) => serve(core, channel),
  });

  const printLink = () => {
    const link = host.newLink();
    process.stdout.write(`Pilothouse: ${link}\n`);
    return link;
  };
  const link = printLink();
  if (!values['no-open']) await openBrowser(link);

  const stop = async () => {
    try {
      await host.close();
      await core.close();
    } finally {
      process.exit(0);
    }
  };
  process.stdin.on('data', printLink);
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}
