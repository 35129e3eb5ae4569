/** The name of an entry while it is being changed, in its row: Enter keeps, Escape gives up, leaving keeps too. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './file-table.module.css';
import { nameProblem } from './name-problem.ts';

interface RenameFieldProps {
  readonly name: string;
  /** @param name undefined: as it was */
  readonly onDone: (name: string | undefined) => void;
}

export function RenameField({ name, onDone }: RenameFieldProps) {
  const { t } = useTranslation('files');
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  const problem = nameProblem(text);

  // As it is drawn, or what is typed at once would go to the table.
  useLayoutEffect(() => {
    field.current?.focus();
    // The ending is seldom what is to be changed.
    const stem = name.lastIndexOf('.');
    field.current?.setSelectionRange(0, stem > 0 ? stem : name.length);
  }, [name]);

  // Taken off the page, a field may lose the focus once more.
  const finished = useRef(false);
  const end = (next: string | undefined) => {
    if (finished.current) return;
    finished.current = true;
    onDone(next);
  };
  const finish = () => end(problem || text === name ? undefined : text);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') end(undefined);
    else if (event.key === 'Enter' && !problem) finish();
  };
  return (
    <input
      ref={field}
      className={classes.rename}
      aria-label={t('rename.field', { name })}
      aria-invalid={problem !== undefined}
      title={problem && t(`nameProblem.${problem}`)}
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={finish}
    />
  );
}
