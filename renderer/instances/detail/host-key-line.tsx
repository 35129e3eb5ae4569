/** The keys an instance is known by, and who says so: its cloud, or the operator at the first connection. */
import { useTranslation } from 'react-i18next';
import type { HostKeyInfo, InstanceDetail } from '../../../preload/contract/instances.ts';
import classes from './access-tab.module.css';
import { Line } from './detail-block.tsx';

export function HostKeyLine({ detail }: { readonly detail: InstanceDetail | undefined }) {
  const { t } = useTranslation('instances');
  const published = detail?.publishedHostKeys ?? [];
  // Where the cloud publishes keys, nothing else counts.
  const keys = published.length > 0 ? published : (detail?.hostKeys ?? []);
  return (
    <Line label={t('access.hostKeys')}>
      <span className={classes.keys}>
        {detail && keys.length === 0 && (
          <span className={classes.soft}>{t('access.noHostKeys')}</span>
        )}
        {keys.map((key) => (
          <HostKey key={key.fingerprint} hostKey={key} />
        ))}
        {published.length > 0 && (
          <span className={classes.soft} title={t('access.publishedWhy')}>
            {t('access.published')}
          </span>
        )}
      </span>
    </Line>
  );
}

function HostKey({ hostKey: { type, fingerprint } }: { readonly hostKey: HostKeyInfo }) {
  return (
    <span className={classes.key} title={`${type} ${fingerprint}`}>
      <b>{type}</b>
      <br />
      <code>{fingerprint}</code>
    </span>
  );
}
