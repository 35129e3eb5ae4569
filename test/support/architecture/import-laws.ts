/** The laws about who may import whom. */
import type { Law } from './law.ts';
import type { Import, SourceFile } from './parse-source.ts';

const packageRooms = /^(preload\/index\.ts|main\/electron\.ts|main\/platform\/electron\/.+)$/;
/** Tests of those rooms, and the fake that stands for Electron in them. */
const electronTests = /^test\/(electron\/|support\/fake-electron|e2e\/electron)/;

/** Contract files without zod: what of the contract a page may carry. */
const plainContract = /^preload\/contract\/(constants|wire|errors|money|byte-stream)\.ts$/;
const isContract = (target: string) => target.startsWith('preload/contract/');
const cloudOf = (path: string) => /^main\/clouds\/([^/]+)\//.exec(path)?.[1];

/** Everything a file of `from` imports must not be `forbidden`. */
function importLaw(
  id: string,
  reason: string,
  from: (path: string) => boolean,
  forbidden: (imported: Import, path: string) => boolean,
): Law {
  return {
    id,
    reason,
    where: from,
    breaches: (file: SourceFile) =>
      file.imports
        .filter((imported) => forbidden(imported, file.path))
        .map(({ target }) => `imports ${target}`),
  };
}

const inside =
  (...rooms: readonly string[]) =>
  (path: string) =>
    rooms.some((room) => path.startsWith(`${room}/`));

export const importLaws: readonly Law[] = [
  importLaw(
    'electron-in-its-rooms',
    'everything else runs in plain Node; types count too',
    (path) => !packageRooms.test(path) && !electronTests.test(path),
    ({ kind, target }) => kind === 'package' && /^electron(-store)?$/.test(target),
  ),
  importLaw(
    'core-knows-no-host',
    'core, features and clouds run under any host',
    inside('main/core', 'main/features', 'main/clouds', 'main/sandbox'),
    ({ target }) =>
      /^(main\/hosts|renderer)\//.test(target) ||
      (/^main\/platform\//.test(target) && target !== 'main/platform/platform.ts'),
  ),
  importLaw(
    'only-the-catalogue-knows-every-cloud',
    'features and core work for every cloud',
    (path) => path.startsWith('main/') && path !== 'main/clouds/catalogue.ts',
    ({ target }, path) => cloudOf(target) !== undefined && cloudOf(target) !== cloudOf(path),
  ),
  importLaw(
    'clouds-meet-the-sandbox-over-http',
    'what imitates a cloud must not share its code',
    inside('main/sandbox', 'main/clouds'),
    ({ target }, path) =>
      path.startsWith('main/sandbox/')
        ? target.startsWith('main/clouds/')
        : target.startsWith('main/sandbox/'),
  ),
  importLaw(
    'main-knows-no-page',
    'main and preload never import the renderer',
    inside('main', 'preload'),
    ({ target }) => target.startsWith('renderer/'),
  ),
  importLaw(
    'renderer-imports-renderer-and-contract',
    'the page reaches the core over the channel only',
    inside('renderer'),
    ({ kind, target }) =>
      kind === 'package'
        ? target.startsWith('node:') || ['zod', 'ws', 'ssh2', 'libsql', 'pino'].includes(target)
        : !/^(renderer|preload\/contract|assets)\//.test(target),
  ),
  importLaw(
    'renderer-carries-no-schema',
    'contract files with schemas are imported as types',
    inside('renderer'),
    ({ target, typeOnly }) => isContract(target) && !typeOnly && !plainContract.test(target),
  ),
  importLaw(
    'contract-stands-alone',
    'the contract imports itself and zod',
    inside('preload/contract'),
    ({ kind, target }) => (kind === 'package' ? target !== 'zod' : !isContract(target)),
  ),
  importLaw(
    'plain-contract-has-no-schema',
    'what the page carries must not bring zod along',
    (path) => plainContract.test(path),
    ({ target, typeOnly }) => !typeOnly && !plainContract.test(target),
  ),
  importLaw(
    'preload-carries-types-only',
    'the preload script stays tiny',
    (path) => path === 'preload/index.ts',
    ({ target, typeOnly }) => !typeOnly && target !== 'electron',
  ),
  importLaw(
    'product-imports-no-test',
    'test code is never shipped',
    inside('main', 'preload', 'renderer'),
    ({ target }) => /^(test|build)\//.test(target),
  ),
  importLaw(
    'ssh2-as-a-whole',
    'ssh2 is CommonJS: names picked from it pass every check and die in the built output',
    () => true,
    ({ target, picksValues }) => target === 'ssh2' && picksValues,
  ),
];
