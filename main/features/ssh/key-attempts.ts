/** The keys of one login in their order: each is shown to the server once, wherever it lies. */
import { join } from 'node:path';
import type ssh2 from 'ssh2';
import { refusal } from '../../../preload/contract/errors.ts';
import type { SshLogin } from '../../clouds/cloud.ts';
import { listAgentStrangers, strangeType } from './agent-strangers.ts';
import { AgentWithKeys, agentFor, listAgentKeys } from './agents.ts';
import { type IdentityFile, readIdentityFile } from './identity-file.ts';
import { openPrivateKey, readLocalKey, usualKeyNames } from './local-keys.ts';
import type { AuthParts, AuthRequest } from './login-request.ts';
import { type LoginSecrets, maxAsks } from './login-secrets.ts';

export interface KeyAttempts {
  /** What to show next; undefined when there is no other key. @throws CloudError */
  next(): Promise<ssh2.AnyAuthMethod | undefined>;
  /** Keys shown so far. */
  tried(): number;
  /** A key shown whose OpenSSH certificate lies beside it: that ssh2 cannot present. */
  certified(): string | undefined;
  /** Keys there are that ssh2 cannot use, as a person knows them. */
  strangers(): readonly string[];
}

/** Servers hang up after six refusals: one is left for a password. */
const keysBeforePassword = 5;

/** @param passwordPossible whether the server takes a password too, at this moment */
export function createKeyAttempts(
  { homeDirectory, agentSocket }: Pick<AuthParts, 'homeDirectory' | 'agentSocket'>,
  { access, interactive, preferredKey }: AuthRequest,
  secrets: LoginSecrets,
  passwordPossible: () => boolean,
): KeyAttempts {
  const { user: username, login } = access;
  const shown = new Set<string>();
  let certified: string | undefined;
  let agentKeys: readonly ssh2.ParsedKey[] | undefined;
  let agentStrangers: readonly string[] = [];
  const strangeFiles = new Set<string>();
  const socket = agentFor(login.kind === 'identities' ? login.agentSocket : undefined, agentSocket);

  const isNew = (publicKey: Buffer): boolean => {
    const name = publicKey.toString('base64');
    if (shown.has(name)) return false;
    shown.add(name);
    return true;
  };
  const heldByAgent = async () => {
    if (agentKeys || !socket) return agentKeys ?? [];
    const [keys, strangers] = await Promise.all([
      listAgentKeys(socket),
      listAgentStrangers(socket),
    ]);
    agentStrangers = strangers;
    agentKeys = keys ?? [];
    return agentKeys;
  };
  const inAgent = async ({ publicKey }: IdentityFile) =>
    publicKey && (await heldByAgent()).find((key) => key.getPublicSSH().equals(publicKey));
  const inHome = (name: string) =>
    readIdentityFile(homeDirectory, join(homeDirectory, '.ssh', name));
  const isLocked = ({ text }: IdentityFile) =>
    text === undefined || openPrivateKey(text, undefined).kind === 'needs-passphrase';

  const noteStranger = ({ name, publicKey }: IdentityFile) => {
    const type = publicKey && strangeType(publicKey);
    if (type) strangeFiles.add(`${name} (${type})`);
  };
  const isUsable = ({ text }: IdentityFile) =>
    text === undefined || openPrivateKey(text, undefined).kind !== 'not-a-key';
  const usualFiles = usualKeyNames.map((name) => join(homeDirectory, '.ssh', name));

  async function open(
    text: string,
    keyName: string,
    passphraseId: string,
  ): Promise<ssh2.ParsedKey> {
    let opened = openPrivateKey(text, undefined);
    const saved = opened.kind === 'needs-passphrase' ? await secrets.read(passphraseId) : undefined;
    if (saved !== undefined) opened = openPrivateKey(text, saved);
    for (let asks = 0; asks < maxAsks; asks += 1) {
      if (opened.kind === 'open') return opened.key;
      if (opened.kind === 'not-a-key') {
        throw refusal('invalid', 'key-unreadable', { name: keyName, detail: opened.detail });
      }
      const rejectedBefore = opened.kind === 'wrong-passphrase';
      const question = { kind: 'passphrase', keyName, rejectedBefore } as const;
      const passphrase = await secrets.ask(question, passphraseId);
      if (passphrase === undefined) throw refusal('unauthenticated', 'ssh-needs-answer');
      opened = openPrivateKey(text, passphrase);
    }
    if (opened.kind === 'open') return opened.key;
    secrets.drop(passphraseId);
    throw refusal('unauthenticated', 'key-passphrase-wrong', { name: keyName });
  }

  /** A file's key, by the agent where that holds it: then no passphrase is needed. */
  async function* fileKey(
    file: IdentityFile,
    passphraseId = file.passphraseId,
  ): AsyncGenerator<ssh2.AnyAuthMethod> {
    const { publicKey } = file;
    if (publicKey && shown.has(publicKey.toString('base64'))) return;
    if (file.hasCertificate) certified = file.name;
    const held = isLocked(file) ? await inAgent(file) : undefined;
    if (socket && publicKey && held) {
      isNew(publicKey);
      yield { type: 'agent', username, agent: new AgentWithKeys(socket, [held]) };
    } else if (file.text !== undefined) {
      const key = await open(file.text, file.name, passphraseId);
      if (isNew(key.getPublicSSH())) yield { type: 'publickey', username, key };
    }
  }

  async function* otherAgentKeys(): AsyncGenerator<ssh2.AnyAuthMethod> {
    if (!socket) return;
    for (const key of await heldByAgent()) {
      if (!isNew(key.getPublicSSH())) continue;
      yield { type: 'agent', username, agent: new AgentWithKeys(socket, [key]) };
    }
  }

  /** The key preferred for the account; one that is not there any more, or needs a person nobody can be, is passed over. */
  async function* preferred(): AsyncGenerator<ssh2.AnyAuthMethod> {
    const file = preferredKey === undefined ? undefined : inHome(preferredKey);
    if (
      file &&
      isUsable(file) &&
      (interactive || !isLocked(file) || secrets.has(file.passphraseId))
    ) {
      yield* fileKey(file);
    }
  }

  async function* inOrder(chosen: SshLogin): AsyncGenerator<ssh2.AnyAuthMethod> {
    switch (chosen.kind) {
      case 'password':
        return;
      case 'given-password':
        yield* preferred();
        return;
      case 'agent':
        if (!socket || (await listAgentKeys(socket)) === undefined) {
          throw refusal('unauthenticated', 'no-agent');
        }
        yield* otherAgentKeys();
        return;
      case 'key': {
        const file = inHome(chosen.keyName);
        // Says why not.
        if (!file) readLocalKey(homeDirectory, chosen.keyName);
        else yield* fileKey(file, chosen.passphraseId);
        return;
      }
      case 'stored-key': {
        const text = await secrets.read(chosen.keyId);
        if (text === undefined) throw refusal('unauthenticated', 'stored-key-missing');
        const key = await open(text, access.host, chosen.passphraseId);
        if (isNew(key.getPublicSSH())) yield { type: 'publickey', username, key };
        return;
      }
      case 'identities':
        yield* fromFiles(chosen.files, chosen.agent);
        return;
      case 'automatic':
        yield* preferred();
        yield* fromFiles(usualFiles, true);
    }
  }

  /**
   * Those that need no person come first, then those that were named, then what else the agent has; OpenSSH's usual
   * names last, because they need not be meant for this host at all.
   */
  async function* fromFiles(
    paths: readonly string[],
    othersOfAgent: boolean,
  ): AsyncGenerator<ssh2.AnyAuthMethod> {
    const ready: IdentityFile[] = [];
    const named: IdentityFile[] = [];
    const usual: IdentityFile[] = [];
    for (const path of paths) {
      const file = readIdentityFile(homeDirectory, path);
      // One of several that cannot be read is passed over.
      if (!file) continue;
      if (!isUsable(file)) {
        noteStranger(file);
        continue;
      }
      if (!(await needsPerson(file))) ready.push(file);
      else if (usualFiles.includes(path)) usual.push(file);
      else named.push(file);
    }
    for (const file of ready) yield* fileKey(file);
    if (interactive) for (const file of named) yield* fileKey(file);
    if (othersOfAgent) yield* otherAgentKeys();
    if (!interactive) return;
    for (const file of usual) {
      if (login.kind === 'identities' || !passwordPossible()) yield* fileKey(file);
    }
  }

  const needsPerson = async (file: IdentityFile): Promise<boolean> =>
    isLocked(file) && !secrets.has(file.passphraseId) && !(await inAgent(file));

  const attempts = inOrder(login);
  const leavesOne = login.kind === 'automatic' || login.kind === 'identities';
  return {
    tried: () => shown.size,
    certified: () => certified,
    strangers: () => [...strangeFiles, ...agentStrangers],
    async next() {
      if (leavesOne && passwordPossible() && shown.size >= keysBeforePassword) return undefined;
      const attempt = await attempts.next();
      return attempt.done ? undefined : attempt.value;
    },
  };
}
