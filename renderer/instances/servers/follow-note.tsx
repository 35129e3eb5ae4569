/** Said over the fields of a server that follows a name in OpenSSH's configuration, with the way out of it. */
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { InfoIcon } from '../../ui/icons.tsx';
import { plainly } from '../../ui/plain-text.tsx';
import classes from './follow-note.module.css';

const longestAlias = 80;

interface FollowNoteProps {
  readonly alias: string;
  readonly onStop: () => void;
}

export function FollowNote({ alias, onStop }: FollowNoteProps) {
  const { t } = useTranslation('ssh');
  return (
    <div className={classes.note}>
      <InfoIcon size={15} />
      <p>
        <b>{t('follow.title', { alias: plainly(alias, longestAlias) })}</b> {t('follow.what')}
      </p>
      <Button size="row" onClick={onStop}>
        {t('follow.stop')}
      </Button>
    </div>
  );
}
