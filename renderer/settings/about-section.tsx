/** Which product this is, and where it keeps its things. */
import { useTranslation } from 'react-i18next';
import { useAppInfo } from '../client/queries.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { Section, Setting } from './section.tsx';

export function AboutSection() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useAppInfo();
  return (
    <Section title={t('about.title')}>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      <Setting label={t('about.version')}>
        {data && (
          <span className="figures">
            {data.product} {data.version}
          </span>
        )}
      </Setting>
      <Setting label={t('about.dataDirectory')} hint={t('about.dataDirectoryHint')}>
        {data && <PlainText text={data.dataDirectory} mono />}
      </Setting>
      <Setting label={t('about.host')} hint={data && t(`about.hostHint.${data.host}`)}>
        {data && t(`about.hosts.${data.host}`, { system: data.operatingSystem })}
      </Setting>
    </Section>
  );
}
