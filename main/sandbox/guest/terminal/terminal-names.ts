/** Numbers of terminals, as `pts/0`: the lowest that is free. */

export function createTerminalNames(): () => { readonly name: string; free(): void } {
  const taken = new Set<number>();
  return () => {
    let number = 0;
    while (taken.has(number)) number += 1;
    taken.add(number);
    return { name: `pts/${number}`, free: () => void taken.delete(number) };
  };
}
