/** apt and pip, which only note what was asked for. */
import { type CommandCall, type GuestCommand, note } from './command.ts';
import { columns } from './options.ts';

const lists = { pip: '/root/.local/share/pip/installed', apt: '/var/lib/apt/installed' } as const;

const preinstalled = [
  ['jupyterlab', '4.2.0'],
  ['numpy', '1.26.4'],
  ['pandas', '2.2.2'],
  ['pip', '24.0'],
  ['torch', '2.4.0'],
  ['transformers', '4.44.0'],
] as const;

const read = async ({ files }: CommandCall, path: string): Promise<readonly string[]> =>
  (await files.exists(path))
    ? (await files.readFile(path)).split('\n').filter((line) => line !== '')
    : [];

async function write(call: CommandCall, path: string, names: readonly string[]): Promise<void> {
  await call.files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  await call.files.writeFile(path, `${[...new Set(names)].sort().join('\n')}\n`);
}

const pip: GuestCommand = {
  names: ['pip', 'pip3'],
  async run(call) {
    const [action = '', ...rest] = call.args;
    const names = rest.filter((arg) => !arg.startsWith('-'));
    const installed = await read(call, lists.pip);
    const rows = [
      ...preinstalled.map(([name, version]) => [name, version]),
      ...installed.map((name) => [name, '1.0.0']),
    ].sort(([one = ''], [other = '']) => one.localeCompare(other));
    if (action === 'list') {
      await call.out(columns([['Package', 'Version'], ['-------', '-------'], ...rows], []));
    } else if (action === 'freeze') {
      await call.out(rows.map(([name, version]) => `${name}==${version}\n`).join(''));
    } else if (action === 'show') {
      const found = rows.find(([name]) => name === names[0]);
      if (!found) {
        await call.error(`WARNING: Package(s) not found: ${names.join(' ')}\n`);
        return 1;
      }
      await call.out(`Name: ${found[0]}\nVersion: ${found[1]}\nSummary: ${note}\n`);
    } else if (action === 'install' && names.length > 0) {
      const plain = names.map((name) => name.replace(/[=<>!~[].*$/, ''));
      for (const name of plain) {
        await call.out(`Collecting ${name}\n`);
        await call.pause(150);
      }
      await write(call, lists.pip, [...installed, ...plain]);
      await call.out(
        `Successfully installed ${plain.join(' ')} (${note}: nothing was downloaded)\n`,
      );
    } else if (action === 'uninstall') {
      await write(
        call,
        lists.pip,
        installed.filter((name) => !names.includes(name)),
      );
      await call.out(`Successfully uninstalled ${names.join(' ')}\n`);
    } else {
      await call.error('Usage: pip install|uninstall|list|show|freeze [packages]\n');
      return 1;
    }
    return 0;
  },
};

const apt: GuestCommand = {
  names: ['apt', 'apt-get'],
  async run(call) {
    const [action = '', ...names] = call.args.filter((arg) => !arg.startsWith('-'));
    const installed = await read(call, lists.apt);
    if (action === 'update' || action === 'upgrade') {
      await call.out(`Reading package lists... Done (${note}: there is no network)\n`);
    } else if (action === 'install' && names.length > 0) {
      await call.out('Reading package lists... Done\nBuilding dependency tree... Done\n');
      for (const name of names) {
        await call.pause(150);
        await call.out(`Setting up ${name} (1.0.0) ...\n`);
      }
      await write(call, lists.apt, [...installed, ...names]);
      await call.out(`Done (${note}: the programs are not really there)\n`);
    } else if (action === 'remove' || action === 'purge') {
      await write(
        call,
        lists.apt,
        installed.filter((name) => !names.includes(name)),
      );
      await call.out(`Removing ${names.join(' ')} ...\n`);
    } else if (action === 'list') {
      await call.out(installed.map((name) => `${name}/stable 1.0.0 all [installed]\n`).join(''));
    } else {
      await call.error('Usage: apt update|install|remove|list [packages]\n');
      return 1;
    }
    return 0;
  },
};

export const packageCommands: readonly GuestCommand[] = [pip, apt];
