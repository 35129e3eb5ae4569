/** Said where a cloud's API does not offer something: that only its console has it, and the way there. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { Button } from './button.tsx';
import classes from './console-note.module.css';
import { FailureNote } from './failure-note.tsx';
import { openPage } from './open-page.ts';

interface ConsoleNoteProps {
  /** What is not offered, in words. */
  readonly what: string;
  readonly url: string;
}

export function ConsoleNote({ what, url }: ConsoleNoteProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [failure, setFailure] = useState<CloudError>();
  const open = () =>
    void openPage(client, url).catch((error: unknown) => {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    });
  return (
    <div className={classes.note}>
      <p>{t('notOffered', { what })}</p>
      <Button size="row" onClick={open} title={url}>
        {t('openConsole')}
      </Button>
      {failure && <FailureNote failure={failure} />}
    </div>
  );
}
