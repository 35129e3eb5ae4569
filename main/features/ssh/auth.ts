/** Our own order of logging in: keys before passwords, at most one automatic try per secret, cancel means stop. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { PromptQuestion } from '../../../preload/contract/prompts.ts';
import type { SshLogin } from '../../clouds/cloud.ts';
import { plainWords } from '../../core/plain-words.ts';
import { AgentWithKeys } from './agents.ts';
import { createKeyAttempts } from './key-attempts.ts';
import type { AuthParts, AuthRequest } from './login-request.ts';
import { createLoginSecrets, maxAsks } from './login-secrets.ts';

/** What the connection lends while it logs in. */
export interface LoginAttempt extends AuthRequest {
  /** Ends the attempt at once, with nothing more sent to the server. */
  giveUp(failure: CloudError): void;
}

/** Keys that cannot be used, named in one sentence. */
const mostStrangers = 3;
/** Names of ways to log in, as a server lists them. */
const longestMethods = 200;

/** Also as servers ask in Chinese: "verify", then "changing", each in both scripts. */
const codeWords =
  /\b(otp|pin|token|2fa|mfa|one[- ]time|verification|passcode|code)\b|\u9a57\u8b49|\u9a8c\u8bc1|\u52d5\u614b|\u52a8\u6001/i;

/** A saved password is no answer to these, and a wrong one-time code may lock an account. */
const asksForCode = (label: string): boolean => codeWords.test(label);

export interface Authentication {
  /** ssh2's authHandler: what to try next, given the methods the server still takes (null at first). */
  next(methods: readonly string[] | null): Promise<ssh2.AnyAuthMethod | false>;
  /** Whether a password, or an answer, was given to the server, and it said nothing to that yet. */
  awaitsWord(): boolean;
  /** Why there was nothing more to try. @param hungUp the server wanted no more attempts */
  failure(hungUp: boolean): CloudError;
  /** The login worked: keeps what the person asked to be remembered. */
  remember(): Promise<void>;
}

export function createAuthentication(parts: AuthParts, request: LoginAttempt): Authentication {
  const { access, owner, interactive, signal } = request;
  const { login, user: username } = access;
  const secrets = createLoginSecrets(parts, request);
  let lastMethods: readonly string[] = [];
  let refused: CloudError | undefined;
  let savedPasswordTried = false;
  let passwordAsks = 0;
  let keyboardAsks = 0;
  let awaitsWord = false;
  let asking = false;
  let shownAgent: AgentWithKeys | undefined;

  const passwordPossible = () =>
    lastMethods.includes('password') || lastMethods.includes('keyboard-interactive');
  const keys = createKeyAttempts(parts, request, secrets, passwordPossible);

  async function passwordAttempt(): Promise<ssh2.AnyAuthMethod | false> {
    if (login.kind === 'given-password') return givenPasswordAttempt(login);
    if (!('passwordId' in login)) return false;
    if (!savedPasswordTried) {
      savedPasswordTried = true;
      const saved = await secrets.read(login.passwordId);
      if (saved !== undefined) return withPassword(saved);
    }
    if (!lastMethods.includes('password')) return false;
    if (passwordAsks >= maxAsks) return false;
    const rejectedBefore = passwordAsks > 0 || secrets.has(login.passwordId);
    passwordAsks += 1;
    const question = { kind: 'password', user: username, rejectedBefore } as const;
    const password = await secrets.ask(question, login.passwordId);
    return password === undefined ? false : asPassword(password);
  }

  function asPassword(password: string): ssh2.AnyAuthMethod {
    awaitsWord = true;
    return { type: 'password', username, password };
  }

  async function givenPasswordAttempt({
    read,
  }: Extract<SshLogin, { kind: 'given-password' }>): Promise<ssh2.AnyAuthMethod | false> {
    if (savedPasswordTried) return false;
    savedPasswordTried = true;
    const password = await read();
    if (password === undefined) return false;
    parts.redactor.learn(password);
    return withPassword(password);
  }

  function withPassword(password: string): ssh2.AnyAuthMethod {
    if (lastMethods.includes('password')) return asPassword(password);
    let used = false;
    return keyboard((fields) => {
      const [field] = fields;
      if (used || !field || fields.length > 1 || field.echo || asksForCode(field.label)) {
        return undefined;
      }
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
        awaitsWord = false;
        // The next question before the answer to the last: thousands would bury the page.
        if (asking) {
          request.giveUp(refusal('forbidden', 'ssh-protocol-failed'));
          return;
        }
        const fields = prompted.slice(0, 20).map(({ prompt, echo }) => ({
          label: prompt.slice(0, 500),
          echo: echo ?? false,
        }));
        const give = (answers: string[]) => {
          awaitsWord ||= answers.length > 0;
          finish(answers);
        };
        const known = fields.length === 0 ? [] : automatic(fields);
        if (known) {
          give(known);
          return;
        }
        const question: PromptQuestion = {
          kind: 'keyboard-interactive',
          title: title.slice(0, 500),
          instructions: instructions.slice(0, 2000),
          fields,
        };
        askFields(question).then(give, request.giveUp);
      },
    };
  }

  async function askFields(question: PromptQuestion): Promise<string[]> {
    if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
    asking = true;
    const answer = await parts.prompts.ask(owner, question, signal);
    asking = false;
    if (answer.kind !== 'fields') throw refusal('cancelled', 'login-cancelled');
    return answer.values;
  }

  async function choose(methods: readonly string[]): Promise<ssh2.AnyAuthMethod | false> {
    if (refused) return false;
    if (methods.includes('publickey')) {
      const attempt = await keys.next();
      if (attempt?.type === 'agent' && attempt.agent instanceof AgentWithKeys) {
        shownAgent = attempt.agent;
      }
      if (attempt) return attempt;
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
      awaitsWord = false;
      // "none" costs one round trip and tells which methods the server takes.
      const hasUntold = shownAgent?.hasSigned ?? false;
      shownAgent = undefined;
      // ssh2 keeps to itself what a server still wants after a key of an agent: it is asked again.
      if (methods === null || hasUntold) return { type: 'none', username };
      lastMethods = methods;
      try {
        return await choose(methods);
      } catch (error) {
        refused = error instanceof CloudError ? error : new CloudError('internal', String(error));
        return false;
      }
    },
    awaitsWord: () => awaitsWord,
    failure(hungUp) {
      if (refused) return refused;
      const needsAnswer = !interactive && passwordPossible();
      if (needsAnswer) return refusal('unauthenticated', 'ssh-needs-answer');
      const offered = plainWords(lastMethods.join(', '), longestMethods);
      const params = { user: username, methods: offered };
      const passwordTried = savedPasswordTried || passwordAsks + keyboardAsks > 0;
      if (hungUp && !passwordTried && keys.tried() > 0) {
        return refusal('unauthenticated', 'ssh-too-many-keys', { ...params, keys: keys.tried() });
      }
      const name = keys.certified();
      if (name) return refusal('unauthenticated', 'ssh-auth-certificate', { ...params, name });
      const strangers = lastMethods.includes('publickey') ? keys.strangers() : [];
      if (strangers.length > 0) {
        const shown = strangers.slice(0, mostStrangers).join(', ');
        return refusal('unauthenticated', 'ssh-auth-strange-keys', { ...params, keys: shown });
      }
      return refusal('unauthenticated', 'ssh-auth-failed', params);
    },
    remember: secrets.remember,
  };
}
