/** A key of the home directory's `.ssh` to be chosen, or one made on the spot. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalKeys } from '../client/queries.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './key-choice.module.css';
import { MakeKeyDialog } from './make-key-dialog.tsx';

interface KeyChoiceProps {
  readonly chosen: string | undefined;
  readonly onChoose: (keyName: string) => void;
}

export function KeyChoice({ chosen, onChoose }: KeyChoiceProps) {
  const { t } = useTranslation('ssh');
  const group = useId();
  const { data, error, refetch } = useLocalKeys();
  const [making, setMaking] = useState(false);
  return (
    <>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {data?.keys.length === 0 && <p className={classes.none}>{t('keys.none')}</p>}
      {data && data.keys.length > 0 && (
        <div className={classes.list} role="radiogroup" aria-label={t('install.key')}>
          {data.keys.map(({ name, type, fingerprint }) => (
            <label key={name} className={classes.key}>
              <input
                type="radio"
                name={group}
                checked={name === chosen}
                data-autofocus={name === chosen || undefined}
                onChange={() => onChoose(name)}
              />
              <span className={classes.words}>
                <span className={classes.name}>
                  <PlainText text={name} strong />
                  <span className={classes.type}>{type}</span>
                </span>
                <PlainText text={fingerprint} mono soft />
              </span>
            </label>
          ))}
        </div>
      )}
      <div>
        <Button size="row" onClick={() => setMaking(true)}>
          <PlusIcon size={12} />
          {t('makeKey.open')}
        </Button>
      </div>
      {making && (
        <MakeKeyDialog
          onMade={({ name }) => {
            onChoose(name);
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  );
}
