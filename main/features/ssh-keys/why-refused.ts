/** Why a server does not take a key that stands in the authorized keys: the setting of sshd to look at. */
import type { TextRef } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';

/** @param facts what `refusalFactsScript` printed, hostile text */
export function whyRefused(facts: string): TextRef {
  const lines = facts.split('\n').map((line) => line.trim().split(/\s+/));
  // As in sshd_config, the first line that sets an option holds.
  const setting = (name: string) =>
    lines.find(([kind, option]) => kind === 'setting' && option?.toLowerCase() === name)?.slice(2);

  if (setting('pubkeyauthentication')?.[0]?.toLowerCase() === 'no') {
    return { id: 'key-refused-switched-off' };
  }
  const files = setting('authorizedkeysfile');
  if (files && !files.some((file) => /(^|[/%h])\.ssh\/authorized_keys$/.test(file))) {
    return { id: 'key-refused-other-file', params: { file: plainWords(files.join(' '), 200) } };
  }
  const isStrict = setting('strictmodes')?.[0]?.toLowerCase() !== 'no';
  // `drwxrwxr-x`: somebody else than the owner may write.
  const open = lines.find(
    ([kind, mode = '']) => kind === 'mode' && (mode[5] === 'w' || mode[8] === 'w'),
  );
  if (isStrict && open) {
    return {
      id: 'key-refused-writable',
      params: { path: plainWords(open.slice(2).join(' '), 200) },
    };
  }
  return { id: 'key-refused' };
}
