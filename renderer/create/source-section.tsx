/** What the instance is made from: an official image or a snapshot. */
import { SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChoiceList } from './choice-list.tsx';
import { CreateSection, type SectionProps } from './section.tsx';
import { SnapshotChoice } from './snapshot-choice.tsx';

const longestId = 64;

export function SourceSection(props: SectionProps) {
  const { t } = useTranslation('create');
  const { draft, problems, tried, onChange, catalogue } = props;
  return (
    <CreateSection
      title={t('source.title')}
      error={tried && problems.source && t(`source.missing.${draft.source}`)}
      tools={
        <SegmentedControl
          size="xs"
          aria-label={t('source.title')}
          value={draft.source}
          data={[
            { value: 'image', label: t('source.image') },
            { value: 'snapshot', label: t('source.snapshot') },
          ]}
          onChange={(source) => onChange({ source })}
        />
      }
    >
      {draft.source === 'snapshot' ? (
        <SnapshotChoice {...props} />
      ) : catalogue.isOffered ? (
        <ChoiceList
          label={t('source.image')}
          reading={catalogue.images}
          empty={t('source.noImages')}
          choices={catalogue.images.data?.map(({ id, name, description }) => ({
            id,
            title: name,
            detail: description,
          }))}
          chosen={draft.imageId}
          onChoose={(imageId) => onChange({ imageId })}
        />
      ) : (
        <TextInput
          size="xs"
          label={t('source.imageId')}
          description={t('source.imageIdHint')}
          maxLength={longestId}
          spellCheck={false}
          value={draft.imageId}
          onChange={({ currentTarget }) => onChange({ imageId: currentTarget.value })}
        />
      )}
    </CreateSection>
  );
}
