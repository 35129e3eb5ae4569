/** Which dialog lies on top: only that one takes Escape and the focus. */
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';

interface DialogStack {
  readonly ids: readonly string[];
  add(id: string): void;
  remove(id: string): void;
  /** What had the keyboard before the first of them. */
  readonly origin: RefObject<Element | null>;
  /** What had the keyboard last outside of dialogs and menus. */
  readonly outside: RefObject<Element | null>;
}

const inDialogOrMenu = '[role="dialog"], [role="menu"]';

const DialogStackContext = createContext<DialogStack | undefined>(undefined);

export function DialogStackProvider({ children }: { readonly children: ReactNode }) {
  const [ids, setIds] = useState<readonly string[]>([]);
  const origin = useRef<Element | null>(null);
  const outside = useRef<Element | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest(inDialogOrMenu)) return;
      outside.current = target;
      // What is given the keyboard behind a dialog has it when the last of them goes.
      if (origin.current) origin.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const stack = useMemo<DialogStack>(
    () => ({
      ids,
      add: (id) => setIds((current) => [...current.filter((other) => other !== id), id]),
      remove: (id) => setIds((current) => current.filter((other) => other !== id)),
      origin,
      outside,
    }),
    [ids],
  );
  return <DialogStackContext value={stack}>{children}</DialogStackContext>;
}

/** Takes a place on the stack for as long as the component lives. */
export function useDialogPlace(): {
  readonly isTop: boolean;
  readonly depth: number;
  readonly origin: DialogStack['origin'];
  readonly outside: DialogStack['outside'];
} {
  const stack = useContext(DialogStackContext);
  if (!stack) throw new Error('no DialogStackProvider above this component');
  const id = useId();
  const { add, remove } = stack;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the two only set state; a new pair is no new place
  useEffect(() => {
    add(id);
    return () => remove(id);
  }, [id]);
  const depth = stack.ids.indexOf(id);
  return {
    isTop: depth >= 0 && depth === stack.ids.length - 1,
    depth: Math.max(0, depth),
    origin: stack.origin,
    outside: stack.outside,
  };
}

/** Whether any dialog is open, so that the page's own keys keep still. */
export function useAnyDialogOpen(): boolean {
  return (useContext(DialogStackContext)?.ids.length ?? 0) > 0;
}
