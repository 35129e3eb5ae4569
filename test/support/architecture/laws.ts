/** The laws of the house as data: where each holds, and what breaks it. */
import { importLaws } from './import-laws.ts';
import type { Law } from './law.ts';
import type { SourceFile } from './parse-source.ts';

const matching =
  (...patterns: readonly RegExp[]) =>
  (path: string): boolean =>
    patterns.some((pattern) => pattern.test(path));

const product = matching(/^(main|preload|renderer)\//);
const everything = () => true;

const namesNone = (forbidden: readonly string[]) => (file: SourceFile) =>
  forbidden.filter((name) => file.names.has(name));

const textHasNone = (pattern: RegExp) => (file: SourceFile) => [...(pattern.exec(file.text) ?? [])];

const maxLines = 300;

const otherLaws: readonly Law[] = [
  {
    id: 'no-default-export',
    reason: 'a thing has one name, at both ends of an import',
    where: everything,
    breaches: (file) => (file.hasDefaultExport ? ['export default'] : []),
  },
  {
    id: 'no-synchronous-ipc',
    reason: 'a page never stops to wait for main',
    where: everything,
    breaches: namesNone(['sendSync']),
  },
  {
    id: 'renderer-speaks-over-the-channel',
    reason: 'the page makes no request of its own',
    where: (path) => path.startsWith('renderer/') && path !== 'renderer/client/connect.ts',
    breaches: namesNone(['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'sendBeacon']),
  },
  {
    id: 'no-markup-from-text',
    reason: 'what a server says is shown as text',
    where: matching(/^renderer\//),
    breaches: namesNone([
      'dangerouslySetInnerHTML',
      'innerHTML',
      'outerHTML',
      'insertAdjacentHTML',
      'srcdoc',
    ]),
  },
  {
    id: 'renderer-names-no-cloud',
    reason: 'what a cloud can do is data; the page never asks which cloud it is',
    where: matching(/^renderer\//),
    breaches: (file) => (file.compared.has('cloud') ? ['cloud compared with a name'] : []),
  },
  {
    id: 'features-name-no-cloud',
    reason: 'features work for every cloud',
    where: matching(/^main\/features\//),
    breaches: (file) => [...(file.compared.has('cloud') ? ['cloud compared with a name'] : [])],
  },
  {
    id: 'one-way-out',
    reason: 'addresses are opened by the one file with the allow-list',
    where: (path) => product(path) && path !== 'main/platform/electron/open-external.ts',
    breaches: (file) =>
      ['shell.openExternal', 'shell.openPath', 'shell.showItemInFolder'].filter((member) =>
        file.members.has(member),
      ),
  },
  {
    id: 'no-sandbox-given-up',
    reason: 'no launcher may start Electron without its sandbox',
    where: (path) => product(path) || path.startsWith('build/'),
    breaches: textHasNone(/--no-sandbox|['"]no-sandbox['"]/),
  },
  {
    id: 'no-check-switched-off',
    reason: 'a type error is repaired, not silenced',
    where: everything,
    breaches: textHasNone(/@ts-(ignore|nocheck|expect-error)/),
  },
  {
    id: 'opens-with-its-purpose',
    reason: 'the first line says what a file is for',
    where: everything,
    breaches: (file) => (/^\/\*\*? \S|^\/\/ \S/.test(file.text) ? [] : ['no opening comment']),
  },
  {
    id: 'kebab-case-names',
    reason: 'files are named for what they export',
    where: everything,
    breaches: ({ path }) => {
      const name = path.split('/').at(-1) ?? '';
      if (/^(utils|helpers)\./.test(name)) return [name];
      return /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|bench|config|d))?\.(tsx?|mjs|cjs)$/.test(name)
        ? []
        : [name];
    },
  },
  {
    id: 'one-barrel',
    reason: 'index files hide where things are; only the contract and the preload script have one',
    where: (path) => !/^preload\/(contract\/)?index\.ts$/.test(path),
    breaches: ({ path }) => (/\/index\.tsx?$/.test(path) ? [path] : []),
  },
  {
    id: 'small-files',
    reason: 'a file is split when its second idea appears',
    where: everything,
    breaches: ({ text }) => {
      const lines = text.split('\n').length - 1;
      return lines > maxLines ? [`${lines} lines`] : [];
    },
  },
];

export const laws: readonly Law[] = [...importLaws, ...otherLaws];

export interface Breach {
  readonly law: string;
  readonly path: string;
  readonly what: string;
  readonly reason: string;
}

export function breachesOf(file: SourceFile): readonly Breach[] {
  return laws
    .filter((law) => law.where(file.path))
    .flatMap((law) =>
      law
        .breaches(file)
        .map((what) => ({ law: law.id, path: file.path, what, reason: law.reason })),
    );
}
