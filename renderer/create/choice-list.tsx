/** A list of which one is chosen: read, being read, empty or failed. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudError } from '../../preload/contract/errors.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './choice-list.module.css';

interface ChoiceListProps {
  readonly label: string;
  readonly reading: { readonly error: CloudError | null; refetch(): unknown };
  /** What to say when there is nothing to choose. */
  readonly empty: string;
  /** Absent: not read yet. */
  readonly choices:
    | readonly { readonly id: string; readonly title: string; readonly detail: string }[]
    | undefined;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function ChoiceList({ label, reading, empty, choices, chosen, onChoose }: ChoiceListProps) {
  const { t } = useTranslation('create');
  const group = useId();
  const { error } = reading;
  return (
    <>
      {error && <FailureNote failure={error} onRetry={() => void reading.refetch()} />}
      {!choices && !error && <p className={classes.quiet}>{t('reading')}</p>}
      {choices?.length === 0 && <p className={classes.quiet}>{empty}</p>}
      {choices && choices.length > 0 && (
        <div className={classes.list} role="radiogroup" aria-label={label}>
          {choices.map(({ id, title, detail }) => (
            <label key={id} className={classes.choice}>
              <input
                type="radio"
                name={group}
                checked={id === chosen}
                onChange={() => onChoose(id)}
              />
              <span>
                <PlainText text={title} strong />
                <PlainText text={detail} soft />
              </span>
            </label>
          ))}
        </div>
      )}
    </>
  );
}
