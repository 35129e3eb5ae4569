/** Ctrl+K, Cmd+K and `/` bring the cursor into the search, from anywhere but a terminal or a dialog. */
import { type RefObject, useEffect } from 'react';
import { useAnyDialogOpen } from '../ui/dialog-stack.tsx';

const typedInto = 'input, textarea, select, [contenteditable="true"], .xterm';

export function useSearchKeys(field: RefObject<HTMLInputElement | null>): void {
  const blocked = useAnyDialogOpen();
  useEffect(() => {
    if (blocked) return;
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : undefined;
      const inTerminal = target?.closest('.xterm');
      const isChord =
        event.key.toLowerCase() === 'k' &&
        (event.metaKey || (event.ctrlKey && !inTerminal)) &&
        !event.shiftKey;
      const isSlash =
        event.key === '/' && !event.ctrlKey && !event.metaKey && !target?.closest(typedInto);
      if (!isChord && !isSlash) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [field, blocked]);
}
