/** Settings of SSH: the agent and the keys at hand on this machine, and the file of names for any terminal. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalKeys } from '../client/queries.ts';
import { Section, Setting } from '../settings/section.tsx';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { IncludeFileSetting } from './include-file-setting.tsx';
import { KeyLine } from './key-line.tsx';
import { MakeKeyDialog } from './make-key-dialog.tsx';
import classes from './ssh-section.module.css';

export function SshSection() {
  const { t } = useTranslation('ssh');
  const { data, error, refetch } = useLocalKeys();
  const say = useView().useToasts((toasts) => toasts.say);
  const [making, setMaking] = useState(false);
  return (
    <Section
      title={t('section')}
      tools={
        <Button onClick={() => setMaking(true)}>
          <PlusIcon size={13} />
          {t('makeKey.open')}
        </Button>
      }
    >
      <Setting label={t('agent.title')} hint={data && t(data.agent ? 'agent.what' : 'agent.how')}>
        {data && (
          <>
            <StateDot mood={data.agent ? 'good' : 'idle'} />
            {t(data.agent ? 'agent.found' : 'agent.none')}
          </>
        )}
      </Setting>
      <div className={classes.keys}>
        {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
        {!data && !error && <p className={classes.quiet}>{t('common:loading')}</p>}
        {data?.keys.length === 0 && <p className={classes.quiet}>{t('keys.none')}</p>}
        {data?.keys.map((key) => (
          <KeyLine key={key.name} of={key} />
        ))}
      </div>
      <IncludeFileSetting />
      {making && (
        <MakeKeyDialog
          onMade={({ name }) => {
            say({ kind: 'done', text: t('makeKey.done', { name }) });
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </Section>
  );
}
