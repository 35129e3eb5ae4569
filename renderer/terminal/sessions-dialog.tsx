/** Which sessions of tmux and screen are alive on an instance, whoever began them: to enter, or to end. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellSession } from '../../preload/contract/terminals.ts';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { selectSession } from './dock-layout.ts';
import { SessionRow } from './session-row.tsx';
import classes from './sessions-dialog.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
import { useShellSessions } from './use-shell-sessions.ts';

const longestName = 60;

export function SessionsDialog() {
  const instance = useDock((dock) => dock.sessionsOf);
  return instance !== undefined && <Sessions key={instance} instance={instance} />;
}

function Sessions({ instance }: { readonly instance: string }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const name = useStores().instances(({ byKey }) => byKey.get(instance)?.name ?? '');
  const { found, ending } = useShellSessions(instance);
  const [asked, setAsked] = useState<string>();
  const close = () => pool.dock.setState({ sessionsOf: undefined });
  const enter = ({ terminal, program, name: session }: ShellSession) => {
    close();
    if (terminal === undefined) void pool.open(instance, { session: { program, name: session } });
    else {
      pool.dock.setState(({ layout }) => ({
        layout: selectSession(layout, terminal),
        collapsed: false,
        wanted: terminal,
      }));
    }
  };
  const { data, error, isFetching } = found;
  const closeButton = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a session that ended took its row along, and the keyboard with it
  useEffect(() => {
    if (document.activeElement === document.body) closeButton.current?.focus();
  }, [data]);
  return (
    <Dialog
      title={t('sessions.title', { name: plainly(name, longestName) })}
      subtitle={t('sessions.subtitle')}
      widthPx={620}
      onClose={close}
      footer={
        <>
          <Button busy={isFetching} onClick={() => void found.refetch()}>
            {t('sessions.again')}
          </Button>
          <Button ref={closeButton} look="main" onClick={close} data-autofocus>
            {t('keys.close')}
          </Button>
        </>
      }
    >
      {ending.error && <FailureNote failure={ending.error} />}
      {error ? (
        <FailureNote failure={error} onRetry={() => void found.refetch()} />
      ) : data ? (
        <ul className={classes.list} aria-busy={isFetching}>
          {data.failure && (
            <li>
              <FailureNote failure={data.failure} />
            </li>
          )}
          {data.sessions.map((session) => {
            const key = `${session.program} ${session.name}`;
            return (
              <SessionRow
                key={key}
                session={session}
                asked={asked === key}
                busy={ending.isPending}
                onEnter={() => enter(session)}
                onAsk={(isAsked) => setAsked(isAsked ? key : undefined)}
                onEnd={() => {
                  setAsked(undefined);
                  ending.mutate(session);
                }}
              />
            );
          })}
          {data.sessions.length === 0 && !data.failure && (
            <li className={classes.none}>
              {t(data.programs.length === 0 ? 'sessions.noProgram' : 'sessions.none')}
            </li>
          )}
        </ul>
      ) : (
        <p className={classes.none} role="status">
          {t('sessions.asking')}
        </p>
      )}
    </Dialog>
  );
}
