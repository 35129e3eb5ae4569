/** Our own order of logging in: keys before passwords, at most one automatic try per secret, cancel means stop. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { PromptOwner, PromptQuestion } from '../../../preload/contract/prompts.ts';
import type { SshAccess, SshLogin } from '../../clouds/cloud.ts';
import type { Vault } from '../../core/vault.ts';
import type { VaultDoor } from '../vault.ts';
import { listLocalKeys, openPrivateKey, readLocalKey, usualKeyNames } from './local-keys.ts';
import type { Prompts } from './prompts.ts';

export interface AuthParts {
  readonly vault: Vault;
  readonly vaultDoor: VaultDoor;
  readonly prompts: Pick<Prompts, 'ask'>;
  readonly homeDirectory: string;
  /** Where the agent listens; absent when there is none. */
  readonly agentSocket: string | undefined;
}

export interface AuthRequest {
  readonly access: SshAccess;
  readonly owner: PromptOwner;
  /** Whether a person may be asked. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** What the connection lends while it logs in. */
export interface LoginAttempt extends AuthRequest {
  /** Ends the attempt at once, with nothing more sent to the server. */
  giveUp(failure: CloudError): void;
}

/** Times a person is asked for the same secret. */
const maxAsks = 3;

export interface Authentication {
  /** ssh2's authHandler: what to try next, given the methods the server still takes (null at first). */
  next(methods: readonly string[] | null): Promise<ssh2.AnyAuthMethod | false>;
  /** Why there was nothing more to try. */
  failure(): CloudError;
  /** The login worked: keeps what the person asked to be remembered. */
  remember(): Promise<void>;
}

export function createAuthentication(parts: AuthParts, request: LoginAttempt): Authentication {
  const { vault, prompts, vaultDoor } = parts;
  const { access, owner, interactive, signal } = request;
  const { login, user: username } = access;
  const toRemember = new Map<string, string>();
  let lastMethods: readonly string[] = [];
  let refused: CloudError | undefined;
  let keys: AsyncGenerator<ssh2.AnyAuthMethod> | undefined;
  let savedPasswordTried = false;
  let passwordAsks = 0;
  let keyboardAsks = 0;

  const readSecret = async (id: string): Promise<string | undefined> => {
    if (vault.isLockedFor(id)) {
      if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
      await vaultDoor.open(owner, signal);
    }
    return vault.read(id);
  };

  /** @returns undefined when nobody may be asked; @throws CloudError cancelled */
  const askSecret = async (question: PromptQuestion, id: string): Promise<string | undefined> => {
    if (!interactive) return undefined;
    const answer = await prompts.ask(owner, question, signal);
    if (answer.kind !== 'secret') throw new CloudError('cancelled', 'the login was cancelled');
    if (answer.remember) toRemember.set(id, answer.secret);
    else toRemember.delete(id);
    return answer.secret;
  };

  async function openKey(
    text: string,
    keyName: string,
    passphraseId: string,
  ): Promise<ssh2.ParsedKey | undefined> {
    let opened = openPrivateKey(text, undefined);
    const saved = opened.kind === 'needs-passphrase' ? await readSecret(passphraseId) : undefined;
    if (saved !== undefined) opened = openPrivateKey(text, saved);
    for (let asks = 0; asks < maxAsks; asks += 1) {
      if (opened.kind === 'open') return opened.key;
      if (opened.kind === 'not-a-key') {
        throw refusal('invalid', 'key-unreadable', { name: keyName, detail: opened.detail });
      }
      const rejectedBefore = opened.kind === 'wrong-passphrase';
      const question = { kind: 'passphrase', keyName, rejectedBefore } as const;
      const passphrase = await askSecret(question, passphraseId);
      if (passphrase === undefined) throw refusal('unauthenticated', 'ssh-needs-answer');
      opened = openPrivateKey(text, passphrase);
    }
    if (opened.kind === 'open') return opened.key;
    toRemember.delete(passphraseId);
    throw refusal('unauthenticated', 'key-passphrase-wrong', { name: keyName });
  }

  async function* keyAttempts(chosen: SshLogin): AsyncGenerator<ssh2.AnyAuthMethod> {
    const { agentSocket, homeDirectory } = parts;
    switch (chosen.kind) {
      case 'password':
      case 'given-password':
        return;
      case 'agent':
        if (!agentSocket) throw refusal('unauthenticated', 'no-agent');
        yield { type: 'agent', username, agent: agentSocket };
        return;
      case 'key': {
        const text = readLocalKey(homeDirectory, chosen.keyName);
        const key = await openKey(text, chosen.keyName, chosen.passphraseId);
        if (key) yield { type: 'publickey', username, key };
        return;
      }
      case 'stored-key': {
        const text = await readSecret(chosen.keyId);
        if (text === undefined) throw refusal('unauthenticated', 'stored-key-missing');
        const key = await openKey(text, access.host, chosen.passphraseId);
        if (key) yield { type: 'publickey', username, key };
        return;
      }
      case 'automatic': {
        if (agentSocket) yield { type: 'agent', username, agent: agentSocket };
        const found = listLocalKeys(homeDirectory);
        const usual = usualKeyNames.flatMap((name) => found.filter((key) => key.name === name));
        for (const { name, encrypted } of usual) {
          if (encrypted && (passwordPossible() || !interactive)) continue;
          const text = readLocalKey(homeDirectory, name);
          const key = await openKey(text, name, `local-key/${name}/passphrase`);
          if (key) yield { type: 'publickey', username, key };
        }
      }
    }
  }

  const passwordPossible = () =>
    lastMethods.includes('password') || lastMethods.includes('keyboard-interactive');

  async function passwordAttempt(): Promise<ssh2.AnyAuthMethod | false> {
    if (login.kind === 'given-password') return givenPasswordAttempt(login);
    if (login.kind !== 'automatic' && login.kind !== 'password') return false;
    if (!savedPasswordTried) {
      savedPasswordTried = true;
      const saved = await readSecret(login.passwordId);
      if (saved !== undefined) return withPassword(saved);
    }
    if (!lastMethods.includes('password')) return false;
    if (passwordAsks >= maxAsks) return false;
    const rejectedBefore = passwordAsks > 0 || vault.has(login.passwordId);
    passwordAsks += 1;
    const question = { kind: 'password', user: username, rejectedBefore } as const;
    const password = await askSecret(question, login.passwordId);
    return password === undefined ? false : { type: 'password', username, password };
  }

  async function givenPasswordAttempt({
    read,
  }: Extract<SshLogin, { kind: 'given-password' }>): Promise<ssh2.AnyAuthMethod | false> {
    if (savedPasswordTried) return false;
    savedPasswordTried = true;
    const password = await read();
    return password === undefined ? false : withPassword(password);
  }

  function withPassword(password: string): ssh2.AnyAuthMethod {
    if (lastMethods.includes('password')) return { type: 'password', username, password };
    let used = false;
    return keyboard((fields) => {
      if (used || fields.length !== 1 || fields[0]?.echo) return undefined;
      used = true;
      return [password];
    });
  }

  /** @param automatic answers without asking a person, or undefined */
  function keyboard(
    automatic: (fields: readonly { label: string; echo: boolean }[]) => string[] | undefined,
  ): ssh2.AnyAuthMethod {
    return {
      type: 'keyboard-interactive',
      username,
      prompt: (title, instructions, _language, prompted, finish) => {
        const fields = prompted.slice(0, 20).map(({ prompt, echo }) => ({
          label: prompt.slice(0, 500),
          echo: echo ?? false,
        }));
        const known = fields.length === 0 ? [] : automatic(fields);
        if (known) {
          finish(known);
          return;
        }
        const question: PromptQuestion = {
          kind: 'keyboard-interactive',
          title: title.slice(0, 500),
          instructions: instructions.slice(0, 2000),
          fields,
        };
        askFields(question).then(finish, request.giveUp);
      },
    };
  }

  async function askFields(question: PromptQuestion): Promise<string[]> {
    if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
    const answer = await prompts.ask(owner, question, signal);
    if (answer.kind !== 'fields') throw new CloudError('cancelled', 'the login was cancelled');
    return answer.values;
  }

  async function choose(methods: readonly string[]): Promise<ssh2.AnyAuthMethod | false> {
    if (refused) return false;
    if (methods.includes('publickey')) {
      keys ??= keyAttempts(login);
      const attempt = await keys.next();
      if (!attempt.done) return attempt.value;
    }
    if (passwordPossible()) {
      const attempt = await passwordAttempt();
      if (attempt) return attempt;
    }
    // A second factor comes this way too, after a key or a password was taken.
    if (methods.includes('keyboard-interactive') && interactive && keyboardAsks < maxAsks) {
      keyboardAsks += 1;
      return keyboard(() => undefined);
    }
    return false;
  }

  return {
    async next(methods) {
      // "none" costs one round trip and tells which methods the server takes.
      if (methods === null) return { type: 'none', username };
      lastMethods = methods;
      try {
        return await choose(methods);
      } catch (error) {
        refused = error instanceof CloudError ? error : new CloudError('internal', String(error));
        return false;
      }
    },
    failure() {
      if (refused) return refused;
      const needsAnswer = !interactive && passwordPossible();
      if (needsAnswer) return refusal('unauthenticated', 'ssh-needs-answer');
      return refusal('unauthenticated', 'ssh-auth-failed', {
        user: username,
        methods: lastMethods.join(', '),
      });
    },
    async remember() {
      for (const [id, secret] of toRemember) {
        await vaultDoor.open(owner, signal);
        await vault.save(id, secret);
      }
    },
  };
}
