/** Words of machines that need not be friends. */
import { expect, it } from 'vitest';
import { plainWords } from '../../main/core/plain-words.ts';
import { explainFailure, explainLoss } from '../../main/features/ssh/explain-failure.ts';
import { whyRefused } from '../../main/features/ssh-keys/why-refused.ts';

const hostile = 'Bye\u202e\u0007\u001b[2J\nall is\u200b well\u2028';

it('are one line without what could disguise them, and never half a character', () => {
  expect(plainWords(hostile, 100)).toBe('Bye [2J all is well');
  expect(plainWords('訓練 🚀', 4)).toBe('訓練 ');
});

it('are so wherever a server takes leave with them', () => {
  const at = { host: 'box', port: 22, offer: undefined, keepaliveSeconds: 15 };
  const failed = { ...at, crypto: new Set<string>(), otherwise: 'ssh-protocol-failed' };
  const error = Object.assign(new Error(hostile), { code: 11 });
  expect(explainFailure(error, failed).rule?.params).toEqual({ detail: 'Bye [2J all is well' });
  expect(explainLoss(error, 15).rule?.params).toEqual({ detail: 'Bye [2J all is well' });
  const setting = `setting authorizedkeysfile /etc/${'\u202e'}keys`;
  expect(whyRefused(setting).params).toEqual({ file: '/etc/ keys' });
});
