/** Makes sure that what the tests need besides npm is there; installs it where it may, else says exactly what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './chromium.mjs';

const onPath = (program) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'].some((directory) =>
    existsSync(join(directory, program)),
  );

/** Fonts of the system by file name: fontconfig's own tools need not be installed. */
const hasFont = (pattern) =>
  process.platform !== 'linux' ||
  ['/usr/share/fonts', '/usr/local/share/fonts']
    .filter((directory) => existsSync(directory))
    .some((directory) => readdirSync(directory, { recursive: true }).some((n) => pattern.test(n)));

const needs = [
  { what: 'Chromium', packages: ['chromium'], isThere: () => findChromium() !== undefined },
  {
    what: 'an OpenSSH server',
    packages: ['openssh-server'],
    isThere: () => existsSync('/usr/sbin/sshd'),
  },
  {
    what: 'the OpenSSH client',
    packages: ['openssh-client'],
    isThere: () => onPath('ssh') && onPath('ssh-keygen'),
  },
  {
    what: 'Jupyter Notebook',
    packages: ['jupyter-notebook'],
    isThere: () => onPath('jupyter-notebook'),
  },
  { what: 'vim', packages: ['vim'], isThere: () => onPath('vim') },
  { what: 'tmux', packages: ['tmux'], isThere: () => onPath('tmux') },
  { what: 'screen', packages: ['screen'], isThere: () => onPath('screen') },
  { what: 'ip', packages: ['iproute2'], isThere: () => onPath('ip') },
  { what: 'top and ps', packages: ['procps'], isThere: () => onPath('top') && onPath('ps') },
  {
    what: 'a Chinese font',
    packages: ['fonts-noto-cjk'],
    isThere: () => hasFont(/CJK|WenQuanYi|wqy|DroidSansFallback/i),
  },
  {
    what: 'an emoji font',
    packages: ['fonts-noto-color-emoji'],
    isThere: () => hasFont(/emoji/i),
  },
];

const missing = needs.filter((need) => !need.isThere());
if (missing.length > 0) {
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.what).join(', ');
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!mayInstall) {
    console.error(`The tests need what this machine lacks: ${names}.`);
    console.error(`On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`);
    console.error('A Chromium elsewhere: set CHROMIUM_PATH, or npx playwright install chromium');
    process.exit(1);
  }
  console.log(`Installing what the tests need: ${names}.`);
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', ...packages);
  const still = missing.filter((need) => !need.isThere()).map((need) => need.what);
  if (still.length > 0) {
    console.error(`Installed, and still missing: ${still.join(', ')}.`);
    process.exit(1);
  }
}

function aptGet(...args) {
  const { status } = spawnSync('apt-get', ['--quiet=2', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status === 0) return;
  console.error(`apt-get ${args.join(' ')} failed`);
  process.exit(1);
}
