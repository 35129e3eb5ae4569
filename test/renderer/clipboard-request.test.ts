/** What a program may ask of the clipboard by OSC 52. */
import { expect, it } from 'vitest';
import { readClipboardRequest } from '../../renderer/terminal/clipboard-request.ts';

const encode = (text: string) => Buffer.from(text).toString('base64');

it.each([
  ['a write', `c;${encode('你好')}`, { kind: 'write', text: '你好' }],
  ['a write to no named clipboard', `;${encode('x')}`, { kind: 'write', text: 'x' }],
  ['a read', 'c;?', { kind: 'ignored' }],
  ['an emptying', 'c;', { kind: 'ignored' }],
  ['nothing', '', { kind: 'ignored' }],
  ['no base64', 'c;!!!', { kind: 'ignored' }],
  [
    'bytes that are no text',
    `c;${Buffer.from([0xff, 0xfe]).toString('base64')}`,
    { kind: 'ignored' },
  ],
  ['100 kB', `c;${encode('x'.repeat(100_000))}`, { kind: 'write', text: 'x'.repeat(100_000) }],
  ['more than that', `c;${encode('x'.repeat(100_001))}`, { kind: 'too-large' }],
  ['much more', `c;${'A'.repeat(1_000_000)}`, { kind: 'too-large' }],
])('%s', (_what, data, request) => {
  expect(readClipboardRequest(data)).toEqual(request);
});
