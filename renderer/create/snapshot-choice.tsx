/** Which snapshot of the account the instance is made from. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSnapshots } from '../client/queries.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import { ChoiceList } from './choice-list.tsx';
import type { SectionProps } from './section.tsx';

const longestId = 64;

export function SnapshotChoice(props: SectionProps) {
  const { t } = useTranslation('create');
  const { draft, account, onChange } = props;
  if (account.parts.includes('snapshots')) return <ListedSnapshots {...props} />;
  return (
    <TextInput
      size="xs"
      label={t('source.snapshotId')}
      description={t('source.snapshotIdHint')}
      maxLength={longestId}
      spellCheck={false}
      value={draft.snapshotId}
      onChange={({ currentTarget }) => onChange({ snapshotId: currentTarget.value })}
    />
  );
}

function ListedSnapshots({ draft, account, onChange }: SectionProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  const reading = useSnapshots();
  const failed = reading.data?.failures.find((failure) => failure.account === account.id);
  if (failed) {
    return <FailureNote failure={failed.failure} onRetry={() => void reading.refetch()} />;
  }
  return (
    <ChoiceList
      label={t('source.snapshot')}
      reading={reading}
      empty={t('source.noSnapshots')}
      choices={reading.data?.snapshots
        .filter((snapshot) => snapshot.account === account.id)
        .filter(({ status }) => status.kind === 'available')
        .map(({ id, name, sizeBytes, createdAt }) => ({
          id,
          title: name,
          detail: [formats.binaryBytes(sizeBytes), createdAt && formats.dateTime(createdAt), id]
            .filter(Boolean)
            .join(' · '),
        }))}
      chosen={draft.snapshotId}
      onChoose={(snapshotId) => onChange({ snapshotId })}
    />
  );
}
