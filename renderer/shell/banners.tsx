/** What the operator must know before going on: a lost connection, and the core's notices. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../preload/contract/app.ts';
import { useClient, useConnectionState } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon, InfoIcon, WarningIcon } from '../ui/icons.tsx';
import { useFormats, useTextRef } from '../ui/texts.ts';
import classes from './banners.module.css';
import { useNotices } from './use-notices.ts';

/** A short break is mended before anybody could read about it. */
const patienceMs = 700;

export function Banners() {
  const notices = useNotices();
  return (
    <>
      <ConnectionBanner />
      {notices.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
    </>
  );
}

function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useConnectionState() === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!shown) return null;
  return (
    <div className={classes.banner} data-severity="warning" role="status">
      <WarningIcon />
      <p>{t('connectionLost')}</p>
    </div>
  );
}

function NoticeBanner({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const word = useTextRef();
  const formats = useFormats();
  const client = useClient();
  // The list changes when the core has taken it off; a failure leaves the notice where it is.
  const dismiss = () =>
    client.call('app.dismissNotice', { id: notice.id }).then(
      () => {},
      () => {},
    );
  return (
    <div
      className={classes.banner}
      data-severity={notice.severity}
      role={notice.severity === 'info' ? 'status' : 'alert'}
    >
      {notice.severity === 'info' ? <InfoIcon /> : <WarningIcon />}
      <p>{word('notices', notice.text)}</p>
      <time dateTime={notice.at}>{formats.dateTime(notice.at)}</time>
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t('dismiss')}
        onClick={() => void dismiss()}
      >
        <CloseIcon size={13} />
      </Button>
    </div>
  );
}
