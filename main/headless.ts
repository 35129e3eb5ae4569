/** Node entry: the core with the web host, for machines without a display or without the Electron binary. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import envPaths from 'env-paths';
import { version } from '../package.json' with { type: 'json' };
import { CloudError } from '../preload/contract/errors.ts';
import { createCore } from './core/create-core.ts';
import { createTexts, languageOf } from './core/texts.ts';
import { serve } from './hosts/serve.ts';
import { startWebHost } from './hosts/web-host.ts';
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
  if (!(error instanceof CloudError)) throw error;
  const texts = createTexts(languageOf(process.env.LANG));
  process.stderr.write(`Pilothouse: ${texts.failure(error.toFailure())}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const dataDirectory = values['data-dir'];
  const platform = createNodePlatform({ dataDirectory, version: version });
  const core = await createCore(platform);
  const host = await startWebHost({
    port: Number(values.port),
    directory: join(import.meta.dirname, '../renderer'),
    onChannel: (channel) => serve(core, channel),
  });

  const printLink = () => process.stdout.write(`Pilothouse: ${host.newLink()}\n`);
  process.stdout.write('Press Enter for a new link.\n');
  printLink();

  const stop = async () => {
    await host.close();
    await core.close();
    process.exit(0);
  };
  process.stdin.on('data', printLink);
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}
