/** A form that was sent while something in it is wrong: the keyboard is taken to the first field that is, and what hides it unfolds. */
import { type RefObject, useEffect, useRef, useState } from 'react';

interface SentForm {
  readonly form: RefObject<HTMLFormElement | null>;
  /** Called each time it was sent. */
  sent(): void;
}

/** A field says that it is wrong by itself; `data-wrong` stands on a group of fields whose answer is missing. */
const wrong = '[aria-invalid="true"], [data-wrong]';
const field = 'input, textarea, select';

export function useFirstWrongField(): SentForm {
  const form = useRef<HTMLFormElement>(null);
  const [times, setTimes] = useState(0);
  // By then what is wrong is drawn.
  useEffect(() => {
    if (times > 0) goTo(form.current?.querySelector(wrong));
  }, [times]);
  return { form, sent: () => setTimes((before) => before + 1) };
}

function goTo(found: Element | null | undefined): void {
  const target = found?.matches(field) ? found : found?.querySelector(field);
  if (!(target instanceof HTMLElement)) return;
  const folded = target.closest('details');
  if (folded) folded.open = true;
  target.focus();
}
