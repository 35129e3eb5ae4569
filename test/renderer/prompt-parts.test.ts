/** What the page works out before it asks a person: codes, reach of a port, where a host key lies. */
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../renderer/prompts/exposed-reach.ts';
import { hostKeyFile } from '../../renderer/prompts/host-key-file.ts';
import { seemsOneTimeCode } from '../../renderer/prompts/one-time-code.ts';

describe('a question of a server', () => {
  test.each([
    'Verification code: ',
    'OTP:',
    'Enter your one-time password',
    'YubiKey token for me:',
    'Authenticator passcode or option (1-3):',
    '驗證碼：',
    '动态密码:',
  ])('%s seems to ask for a one-time code', (label) => {
    expect(seemsOneTimeCode(label)).toBe(true);
  });
  test.each(['Password: ', 'Passphrase:', 'Name', '密碼：', 'Decode this', ''])(
    '"%s" does not',
    (label) => {
      expect(seemsOneTimeCode(label)).toBe(false);
    },
  );
});

describe('an address to listen on', () => {
  test.each(['*', '', '0.0.0.0', '::', '[::]'])('"%s" is open to every network', (address) => {
    expect(reachOf(address)).toBe('every');
  });
  test.each(['192.168.1.5', 'fe80::1', 'lan.example'])('%s to its own only', (address) => {
    expect(reachOf(address)).toBe('one');
  });
});

describe('the file to compare a host key with', () => {
  test.each([
    ['ssh-ed25519', '/etc/ssh/ssh_host_ed25519_key.pub'],
    ['ecdsa-sha2-nistp256', '/etc/ssh/ssh_host_ecdsa_key.pub'],
    ['rsa-sha2-512', '/etc/ssh/ssh_host_rsa_key.pub'],
  ])('of %s is %s', (type, file) => {
    expect(hostKeyFile(type)).toBe(file);
  });
  test('never holds words of the server', () => {
    expect(hostKeyFile('x; rm -rf ~ #')).toBe('/etc/ssh/ssh_host_ed25519_key.pub');
  });
});
