/** The command a connection is made through, whether it was allowed, and taking that back. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/context.ts';
import { SignedText } from '../terminal/signed-text.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './proxy-command-field.module.css';
import type { OptionsAnswer } from './queries.ts';

interface ProxyCommandFieldProps {
  readonly instanceKey: string;
  readonly proxy: NonNullable<OptionsAnswer['proxyCommand']>;
}

export function ProxyCommandField({ instanceKey, proxy }: ProxyCommandFieldProps) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const queries = useQueryClient();
  const { busy, failure, run } = useSubmit();
  const forget = () =>
    run(
      () => client.call('ssh.forgetProxyConsent', { instance: instanceKey }),
      () => void queries.invalidateQueries({ queryKey: ['ssh.options', instanceKey] }),
    );
  return (
    <div className={classes.proxy}>
      <div className={classes.head}>
        <b>{t('options.proxy')}</b>
        <span className={classes.consent}>
          <StateDot mood={proxy.allowed ? 'good' : 'idle'} />
          {t(proxy.allowed ? 'options.proxyAllowed' : 'options.proxyNotAllowed')}
        </span>
        {proxy.allowed && (
          <Button size="row" busy={busy} onClick={forget}>
            {t('options.proxyForget')}
          </Button>
        )}
      </div>
      <SignedText whole text={proxy.command} label={t('options.proxy')} />
      {failure && <FailureNote failure={failure} />}
    </div>
  );
}
