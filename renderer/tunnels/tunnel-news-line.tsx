/** What there is to say about a tunnel, in two lines at most; the whole of a failure is a press away. */
import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../preload/contract/errors.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import { newsOf } from './tunnel-news.ts';
import classes from './tunnel-news-line.module.css';
import { useNewsText } from './use-news-text.ts';

interface TunnelNewsLineProps {
  readonly tunnel: Tunnel;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function TunnelNewsLine({ tunnel, now }: TunnelNewsLineProps) {
  const news = newsOf(tunnel);
  const newsText = useNewsText();
  if (!news) return null;
  const text = newsText(news, now);
  const failing = news.kind === 'jupyter' && news.health.state === 'failing';
  const line = (
    <span className={classes.news} data-kind={failing ? 'failing' : news.kind}>
      {text}
    </span>
  );
  const failure = 'failure' in news ? news.failure : undefined;
  if (!failure) return line;
  return (
    <WholeFailure failure={failure} at={tunnel.lastFailureAt}>
      {line}
    </WholeFailure>
  );
}

interface WholeFailureProps {
  readonly failure: Failure;
  readonly at: string | undefined;
  /** Pressed to show it. */
  readonly children: ReactNode;
}

function WholeFailure({ failure, at, children }: WholeFailureProps) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  return (
    <Popover width={380} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.more} title={t('news.whole')}>
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.whole ?? ''} tabIndex={-1} data-autofocus>
        <FailureNote failure={failure} />
        {at && <time dateTime={at}>{formats.dateTime(at)}</time>}
      </Popover.Dropdown>
    </Popover>
  );
}
