/** Which algorithms are offered under which crypto, and how a server's own offer is read. */
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  chooseAlgorithms,
  findDisagreement,
  runningCrypto,
} from '../../main/features/ssh/algorithms.ts';
import { createOfferReader } from '../../main/features/ssh/server-offer.ts';
import { startSshd } from '../support/sshd.ts';

const all = runningCrypto(() => true);

describe('what is offered', () => {
  it('has nothing broken in it, whatever the crypto can do', () => {
    const { cipher, kex, serverHostKey, hmac, compress } = chooseAlgorithms(all, []);
    const offered = [cipher, kex, serverHostKey, hmac].flat().join(' ');
    expect(offered).not.toMatch(/sha1|cbc|3des|md5|arcfour|dss|group1-|ssh-rsa/);
    expect(compress).toEqual(['none']);
  });

  it('is all that we know here, because this crypto has all of it', () => {
    expect([...runningCrypto()]).toEqual([...all]);
  });

  it('leaves out what the crypto lists but cannot do, as BoringSSL with chacha20', () => {
    const without = runningCrypto((_kind, name) => !name.startsWith('chacha20'));
    expect(chooseAlgorithms(without, []).cipher).not.toContain('chacha20-poly1305@openssh.com');
    expect(chooseAlgorithms(without, []).cipher).toContain('aes128-gcm@openssh.com');
  });

  it('asks for a known type of host key first, RSA by its signatures', () => {
    const order = (...known: string[]) => chooseAlgorithms(all, known).serverHostKey;
    expect(order()[0]).toBe('ssh-ed25519');
    expect(order('ecdsa-sha2-nistp256')[0]).toBe('ecdsa-sha2-nistp256');
    expect(order('ssh-rsa').slice(0, 2)).toEqual(['rsa-sha2-512', 'rsa-sha2-256']);
  });
});

describe("a server's offer", () => {
  it('is read from its first words, in whatever pieces they come', async () => {
    const sshd = await startSshd({ config: ['Ciphers aes256-ctr', 'MACs hmac-sha2-512'] });
    const received: Buffer[] = [];
    const socket = connect(sshd.port, '127.0.0.1', () => socket.write('SSH-2.0-test\r\n'));
    const reader = createOfferReader();
    socket.on('data', (bytes) => received.push(bytes));
    await expect.poll(() => Buffer.concat(received).length).toBeGreaterThan(500);
    for (const byte of Buffer.concat(received)) reader.take(Buffer.from([byte]));
    expect(reader.offer()).toMatchObject({ cipher: ['aes256-ctr'], hmac: ['hmac-sha2-512'] });
    expect(reader.offer()?.kex).toContain('curve25519-sha256');
    socket.destroy();
    await sshd.stop();
  });

  it.each([
    ['nothing', ''],
    ['no SSH', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['noise after the version', `SSH-2.0-x\r\n${'\xff'.repeat(200)}`],
    ['lists that go on past their end', `SSH-2.0-x\r\n\0\0\0\x20\x04\x14${'\xff'.repeat(40)}`],
  ])('is nothing in %s', (_what, text) => {
    const reader = createOfferReader();
    reader.take(Buffer.from(text, 'latin1'));
    expect(reader.offer()).toBeUndefined();
  });

  it('shares nothing with ours: both lists are told, of the first that cannot be agreed on', () => {
    const theirs = {
      kex: ['curve25519-sha256'],
      serverHostKey: ['ssh-ed25519'],
      cipher: ['3des-cbc', 'aes128-cbc'],
      hmac: ['hmac-md5'],
    };
    const found = findDisagreement(all, theirs);
    expect(found).toMatchObject({ kind: 'cipher', theirs: '3des-cbc, aes128-cbc' });
    expect(found?.ours).toMatch(/^aes128-gcm@openssh.com, /);
    expect(
      findDisagreement(all, { ...theirs, cipher: ['aes128-ctr'], hmac: ['hmac-sha2-256'] }),
    ).toBe(undefined);
  });
});
