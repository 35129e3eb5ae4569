/** Whether `ssh <name>` knows the instances in any terminal: the one line this takes, where it stands, and what hinders it. */
import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { Setting } from '../settings/section.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { useTextRef } from '../ui/texts.ts';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './include-file-setting.module.css';
import { useIncludeFile } from './queries.ts';

const longestPath = 400;

export function IncludeFileSetting() {
  const { t } = useTranslation('ssh');
  const word = useTextRef();
  const client = useClient();
  const queries = useQueryClient();
  const { data, error, refetch } = useIncludeFile();
  const { failure, run } = useSubmit();

  const turn = (on: boolean) =>
    run(
      async () => {
        queries.setQueryData(['ssh.includeFile'], await client.call('ssh.setIncludeFile', { on }));
      },
      () => void queries.invalidateQueries({ queryKey: ['ssh.outside'] }),
    );
  return (
    <>
      <Setting
        label={t('include.title')}
        hint={
          <>
            {t('include.what')}
            {data && (
              <span className={classes.line}>
                {t(data.on ? 'include.stands' : 'include.adds', {
                  file: plainly(data.configPath, longestPath),
                })}{' '}
                <code>{plainly(data.line, longestPath)}</code>
              </span>
            )}
            {data?.on && (
              <span className={classes.line}>{t('include.count', { count: data.aliases })}</span>
            )}
          </>
        }
      >
        <Switch
          size="sm"
          aria-label={t('include.title')}
          checked={data?.on ?? false}
          // Not while it is turned: the keyboard would be nowhere.
          disabled={!data}
          onChange={({ currentTarget }) => turn(currentTarget.checked)}
        />
      </Setting>
      {data?.problem && (
        <p className={classes.problem} role="alert">
          <WarningIcon size={14} />
          {word('rules', data.problem)}
        </p>
      )}
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
