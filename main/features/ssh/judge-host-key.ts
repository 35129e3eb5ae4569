/** The verdict on a host key, by what is known and, at first sight, by a person. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { PromptQuestion } from '../../../preload/contract/prompts.ts';
import { describeKey, picture } from './fingerprint.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { AuthParts, AuthRequest } from './login-request.ts';

/** @throws CloudError when the key must not be accepted */
export async function judgeHostKey(
  parts: Pick<AuthParts, 'prompts'> & { readonly knownHosts: KnownHosts },
  request: AuthRequest,
  key: Buffer,
): Promise<HostKeyInfo> {
  const { knownHosts, prompts } = parts;
  const { access, owner, interactive, signal } = request;
  const info = describeKey(key);
  const { hostKeyName, publishedHostKeys, knownHostsFiles } = access;
  const verdict = knownHosts.judge(hostKeyName, key, publishedHostKeys, knownHostsFiles);
  switch (verdict.kind) {
    case 'trusted':
      return info;
    case 'revoked':
      throw refusal('forbidden', 'host-key-revoked', { fingerprint: info.fingerprint });
    case 'changed':
      throw refusal(
        'forbidden',
        verdict.userFile ? 'host-key-changed-in-file' : 'host-key-changed',
        {
          shown: `${info.type} ${info.fingerprint}`,
          known: verdict.known.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', '),
          ...(verdict.userFile && { file: verdict.userFile }),
        },
      );
    case 'unknown': {
      if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
      const address = `${access.host}:${access.port}`;
      const formerInstance = knownHosts.formerNameAt(address, access.hostKeyName);
      const question: PromptQuestion = {
        kind: 'host-key',
        keyType: info.type,
        fingerprint: info.fingerprint,
        picture: picture(key),
        ...(formerInstance && { formerInstance }),
        ...(verdict.certAuthority && { certAuthority: true }),
      };
      const answer = await prompts.ask(owner, question, signal);
      if (answer.kind !== 'trust') throw refusal('cancelled', 'host-key-not-trusted');
      // Another key may have been trusted under the name while this was thought over: then this one is a changed one.
      const isStillUnknown =
        knownHosts.judge(hostKeyName, key, publishedHostKeys, knownHostsFiles).kind === 'unknown';
      if (!isStillUnknown) return judgeHostKey(parts, request, key);
      knownHosts.trust(access.hostKeyName, key, { address, name: owner.hop ?? owner.name });
      return info;
    }
  }
}
