/** Names for `ssh <name>`: made of the instances' own, each once, and none that already means another place. */
import { createHash } from 'node:crypto';

const longest = 60;

/**
 * The same instances have the same names whatever their order.
 * @param taken names that OpenSSH's configuration already has
 * @returns names by instance key
 */
export function hostAliases(
  instances: readonly { readonly key: string; readonly name: string }[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const used = new Set(['localhost', ...taken]);
  const aliases = new Map<string, string>();
  for (const { key, name } of [...instances].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const mark = createHash('sha256').update(key).digest('hex');
    const plain = slug(name) || `instance-${mark.slice(0, 6)}`;
    const alias = [plain, `${plain}-${mark.slice(0, 4)}`, `${plain}-${mark.slice(0, 12)}`].find(
      (candidate) => !used.has(candidate),
    );
    if (alias === undefined) continue;
    used.add(alias);
    aliases.set(key, alias);
  }
  return aliases;
}

/** Without a dot it is never the name of a machine on the network; it begins with a letter, so it is no option and no number. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
