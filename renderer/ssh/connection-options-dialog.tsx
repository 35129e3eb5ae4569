/** How one instance is entered from here: the way to it, keepalives, sharing, the agent, what terminals run in. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import classes from './connection-options-dialog.module.css';
import { KeepaliveField } from './keepalive-field.tsx';
import { draftOfOptions, problemsOfOptions, toOptions } from './options-draft.ts';
import { ProxyCommandField } from './proxy-command-field.tsx';
import { type OptionsAnswer, useConnectionOptions } from './queries.ts';
import { SessionFields } from './session-fields.tsx';
import { WayFields } from './way-fields.tsx';

interface ConnectionOptionsDialogProps {
  readonly instance: Instance;
  readonly onClose: () => void;
}

const widthPx = 560;

export function ConnectionOptionsDialog(props: ConnectionOptionsDialogProps) {
  const { t } = useTranslation('ssh');
  const { data, error, refetch } = useConnectionOptions(props.instance);
  if (data) return <OptionsForm {...props} answer={data} />;
  return (
    <Dialog
      title={t('options.title')}
      subtitle={<PlainText text={props.instance.name} strong />}
      widthPx={widthPx}
      onClose={props.onClose}
      footer={<Button onClick={props.onClose}>{t('common:cancel')}</Button>}
    >
      {error ? (
        <FailureNote failure={error} onRetry={() => void refetch()} />
      ) : (
        <p>{t('common:loading')}</p>
      )}
    </Dialog>
  );
}

function OptionsForm({
  instance,
  answer,
  onClose,
}: ConnectionOptionsDialogProps & { readonly answer: OptionsAnswer }) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const queries = useQueryClient();
  const { say } = useView().useToasts.getState();
  const { busy, failure, run } = useSubmit();
  const follows = answer.follows !== undefined;
  const [draft, setDraft] = useState(() => draftOfOptions(answer.options, follows));
  const [tried, setTried] = useState(false);
  const problems = problemsOfOptions(draft);
  const shown = tried ? problems : {};

  const save = () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    const options = toOptions(draft, follows);
    run(
      () => client.call('ssh.setOptions', { instance: instance.key, options }),
      () => {
        void queries.invalidateQueries({ queryKey: ['ssh.options', instance.key] });
        void queries.invalidateQueries({ queryKey: ['ssh.outside', instance.key] });
        say({ kind: 'done', text: t('options.saved', { name: instance.name.slice(0, 80) }) });
        onClose();
      },
    );
  };

  return (
    <Dialog
      title={t('options.title')}
      subtitle={<PlainText text={instance.name} strong />}
      widthPx={widthPx}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <span className={classes.when}>{t('options.when')}</span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" submit busy={busy}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <WayFields
        instance={instance}
        follows={answer.follows}
        draft={draft}
        problem={shown.jumps}
        onChange={setDraft}
      />
      {answer.proxyCommand && (
        <ProxyCommandField instanceKey={instance.key} proxy={answer.proxyCommand} />
      )}
      <KeepaliveField
        follows={follows}
        draft={draft}
        problem={shown.keepaliveSeconds}
        onChange={setDraft}
      />
      <SessionFields draft={draft} onChange={setDraft} />
      {failure && (
        <div ref={intoView}>
          <FailureNote failure={failure} />
        </div>
      )}
    </Dialog>
  );
}

/** The dialog may be longer than the window, and why nothing was saved stands at its end. */
const intoView = (note: HTMLElement | null): void => note?.scrollIntoView({ block: 'nearest' });
