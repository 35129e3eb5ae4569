/** What makes an instance reachable works, every time. */
import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { createPlacement } from '../../main/sandbox/world/placement.ts';

test('every host key can be read, and is the published one', () => {
  for (let number = 0; number < 1500; number += 1) {
    const { hostKeyPem, hostPublicKey } = createPlacement();
    const key = ssh2.utils.parseKey(hostKeyPem);
    if (key instanceof Error) throw key;
    const published = `ssh-ed25519 ${key.getPublicSSH().toString('base64')}`;
    expect(published).toBe(hostPublicKey);
  }
});
