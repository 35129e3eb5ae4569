/** Where OpenSSH keeps the public half of a host key of a type, for an owner who compares it there. */

const files: readonly (readonly [RegExp, string])[] = [
  [/^ecdsa-/, 'ssh_host_ecdsa_key.pub'],
  [/^(ssh-rsa|rsa-sha2-)/, 'ssh_host_rsa_key.pub'],
];

/** @param keyType as the protocol names it, hostile text: it never becomes part of the path */
export function hostKeyFile(keyType: string): string {
  const [, file] = files.find(([type]) => type.test(keyType)) ?? [];
  return `/etc/ssh/${file ?? 'ssh_host_ed25519_key.pub'}`;
}
