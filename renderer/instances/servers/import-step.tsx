/** The hosts of OpenSSH's own configuration, to be chosen and from then on followed: a change there holds here. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConfigAnswer, useConfigHosts } from '../../ssh/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { plainly } from '../../ui/plain-text.tsx';
import { useFormats } from '../../ui/texts.ts';
import type { WizardProps } from '../wizard-props.ts';
import classes from './config-host-list.module.css';
import { ConfigHostList } from './config-host-list.tsx';
import { ConfigProblems } from './config-problems.tsx';
import { draftsOfConfig } from './server-draft.ts';
import { useAddServers } from './use-add-servers.ts';

interface ImportStepProps extends WizardProps {
  readonly onBack: () => void;
  /** Given the keys of the instances that were made. */
  readonly onCreated: (keys: readonly string[]) => void;
}

export function ImportStep({ start, onClose, onBack, onCreated }: ImportStepProps) {
  const { t } = useTranslation('ssh');
  const { data, error, refetch } = useConfigHosts();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const adding = useAddServers(start, onCreated);
  // What was chosen may have left the configuration meanwhile.
  const hosts = (data?.hosts ?? []).filter(
    ({ alias, usable, followed }) => chosen.has(alias) && usable && !followed,
  );
  return (
    <Dialog
      title={t('import.title')}
      subtitle={t('import.what')}
      widthPx={640}
      onClose={onClose}
      onSubmit={() => {
        if (hosts.length > 0) adding.add(draftsOfConfig(hosts));
      }}
      footer={
        <>
          <Button look="quiet" onClick={onBack}>
            {t('common:back')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            look="main"
            submit
            busy={adding.busy}
            reason={hosts.length === 0 ? t('import.chooseFirst') : undefined}
          >
            {t('import.submit', { count: hosts.length })}
          </Button>
        </>
      }
    >
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {!data && !error && <p>{t('common:loading')}</p>}
      {data && <Found answer={data} chosen={chosen} onChoose={setChosen} />}
      {adding.failure && <FailureNote failure={adding.failure} />}
    </Dialog>
  );
}

const longestFiles = 300;

interface FoundProps {
  readonly answer: ConfigAnswer;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (aliases: ReadonlySet<string>) => void;
}

function Found({ answer: { files, hosts, problems }, chosen, onChoose }: FoundProps) {
  const { t } = useTranslation('ssh');
  const formats = useFormats();
  return (
    <>
      {hosts.length === 0 && problems.length === 0 && <p>{t('import.none')}</p>}
      {hosts.length > 0 && <ConfigHostList hosts={hosts} chosen={chosen} onChoose={onChoose} />}
      <ConfigProblems problems={problems} />
      {files.length > 0 && (
        <p className={classes.soft}>
          {t('import.files', { files: plainly(formats.list(files), longestFiles) })}
        </p>
      )}
    </>
  );
}
