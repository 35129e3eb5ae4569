/** One session of tmux or screen on an instance: what it is, how it is entered, and how it is ended. */
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellSession } from '../../preload/contract/terminals.ts';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './sessions-dialog.module.css';

const longestName = 60;

interface SessionRowProps {
  readonly session: ShellSession;
  /** Whether it is being asked if it shall end. */
  readonly asked: boolean;
  readonly busy: boolean;
  onEnter(): void;
  onAsk(asked: boolean): void;
  onEnd(): void;
}

export function SessionRow({ session, asked, busy, onEnter, onAsk, onEnd }: SessionRowProps) {
  const { t } = useTranslation('terminal');
  const formats = useFormats();
  const endButton = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(asked);
  useEffect(() => {
    // The buttons of the question are gone, and the keyboard with them.
    if (wasAsked.current && !asked) endButton.current?.focus();
    wasAsked.current = asked;
  }, [asked]);
  const { program, name, ours, attached, running, startedAt, terminal } = session;
  const title = useStores().terminals(({ byKey }) => byKey.get(terminal ?? '')?.title);
  const facts = [
    title !== undefined
      ? t('sessions.shownIn', { name: plainly(title, longestName) })
      : t(attached ? 'sessions.attached' : 'sessions.detached'),
    running && t('sessions.running', { program: plainly(running, longestName) }),
    startedAt && t('sessions.since', { time: formats.shortTime(startedAt) }),
    ours && t('sessions.ours'),
  ].filter(Boolean);
  const entering = terminal === undefined ? 'enter' : 'show';
  const named = { name: plainly(name, longestName) };
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <span className={classes.name}>
          <StateDot mood={attached ? 'good' : 'idle'} />
          <PlainText text={name} mono strong />
          <span className={classes.program}>{program}</span>
        </span>
        <span className={classes.facts} title={startedAt && formats.exactTime(startedAt)}>
          {facts.join(' · ')}
        </span>
        {asked && (
          <span className={classes.question} role="alert">
            {t('sessions.endQuestion')}
          </span>
        )}
      </div>
      {asked ? (
        // Buttons of its own: what began the question must not turn, under the finger, into the one that ends it.
        <Fragment key="question">
          <Button look="danger" size="row" onClick={onEnd}>
            {t('sessions.endNow')}
          </Button>
          <Button size="row" onClick={() => onAsk(false)} autoFocus>
            {t('sessions.keep')}
          </Button>
        </Fragment>
      ) : (
        <Fragment key="offer">
          <Button
            size="row"
            busy={busy}
            onClick={onEnter}
            aria-label={t(`sessions.${entering}Named`, named)}
          >
            {t(`sessions.${entering}`)}
          </Button>
          <Button
            ref={endButton}
            look="quiet"
            size="row"
            busy={busy}
            onClick={() => onAsk(true)}
            aria-label={t('sessions.endNamed', named)}
          >
            {t('sessions.end')}
          </Button>
        </Fragment>
      )}
    </li>
  );
}
