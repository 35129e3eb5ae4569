/** A throw-away account of this system, because a real sshd checks passwords against real accounts. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './child.ts';
import { isAlive, killAll, processesOfUser } from './process-tree.ts';

export interface Account {
  readonly name: string;
  /** Absent when the tests do not run as root: then it is the account they run as. */
  readonly password?: string;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  remove(): Promise<void>;
}

export const isRoot = process.getuid?.() === 0;

const prefix = 'pilothouse-';

/** @param home created, and belongs to the account */
export async function createAccount(home: string): Promise<Account> {
  if (!isRoot) {
    const { username, homedir, uid, gid } = userInfo();
    return { name: username, home: homedir, uid, gid, async remove() {} };
  }
  await removeLeftovers();
  const name = `${prefix}${process.pid}-${randomBytes(3).toString('hex')}`;
  const password = `Wheel-${randomBytes(9).toString('base64url')}`;
  await patiently('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/bash', name]);
  await patiently('chpasswd', [], `${name}:${password}\n`);
  const { uid, gid } = passwdEntry(name);
  return {
    name,
    password,
    home,
    uid,
    gid,
    async remove() {
      killAll(processesOfUser(uid));
      await patiently('userdel', ['--force', name]);
    },
  };
}

/** Accounts whose test run died before it could remove them. */
async function removeLeftovers(): Promise<void> {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name = ''] = line.split(':');
    const owner = /^pilothouse-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    killAll(processesOfUser(passwdEntry(name).uid));
    await patiently('userdel', ['--force', name]).catch(() => {}); // another run was faster
  }
}

function passwdEntry(name: string): { readonly uid: number; readonly gid: number } {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([account]) => account === name);
  return { uid: Number(fields?.[2]), gid: Number(fields?.[3]) };
}

/** The account files are locked while another worker writes them. */
async function patiently(command: string, args: readonly string[], input = ''): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run(command, args, input);
      return;
    } catch (error) {
      if (attempt === 20 || !/lock|try again/i.test(String(error))) throw error;
      await sleep(150);
    }
  }
}
