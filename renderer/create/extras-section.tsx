/** What else the instance has: its name, a data drive, ports and environment. */
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import choiceClasses from './choice-list.module.css';
import { chosenDrive } from './create-draft.ts';
import classes from './create-wizard.module.css';
import { PortRows } from './port-rows.tsx';
import { CreateSection, type SectionProps } from './section.tsx';
import { VariableRows } from './variable-rows.tsx';

export function ExtrasSection(props: SectionProps) {
  const { t } = useTranslation('create');
  const { draft, problems, names, tried, onChange } = props;
  return (
    <>
      <DriveSection {...props} />
      <CreateSection title={t('name.title')}>
        <TextInput
          size="xs"
          aria-label={t('name.title')}
          placeholder={t('name.placeholder')}
          maxLength={names.maxLength}
          value={draft.name}
          error={
            tried && problems.name && t(`name.problem.${problems.name}`, { limit: names.maxLength })
          }
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
      </CreateSection>
      <PortRows {...props} />
      <VariableRows {...props} />
    </>
  );
}

function DriveSection({ draft, onChange, catalogue, account }: SectionProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  const { data, error, refetch } = catalogue.drives;
  const inRegion = (data ?? []).filter(({ region }) => region === draft.region);
  const drive = chosenDrive(draft, inRegion);
  return (
    <CreateSection title={t('drive.title')}>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {!catalogue.isOffered && (
        <p className={choiceClasses.quiet}>{t('drive.notOffered', { account: account.name })}</p>
      )}
      {data && inRegion.length === 0 && (
        <p className={choiceClasses.quiet}>{t('drive.none', { region: draft.region })}</p>
      )}
      {inRegion.length > 0 && (
        <div className={classes.pair}>
          <NativeSelect
            size="xs"
            aria-label={t('drive.title')}
            description={t('drive.hint')}
            inputWrapperOrder={['input', 'description']}
            value={drive?.id ?? ''}
            data={[
              { value: '', label: t('drive.without') },
              ...inRegion.map(({ id, region, usedBytes, totalBytes }) => ({
                value: id,
                label: t('drive.one', {
                  region,
                  used: formats.binaryBytes(usedBytes),
                  total: formats.binaryBytes(totalBytes),
                }),
              })),
            ]}
            onChange={({ currentTarget }) => onChange({ driveId: currentTarget.value })}
          />
          {drive && (
            <SegmentedControl
              size="xs"
              className={classes.start ?? ''}
              aria-label={t('drive.access')}
              value={draft.driveReadOnly ? 'read' : 'write'}
              data={[
                { value: 'read', label: t('drive.readOnly') },
                { value: 'write', label: t('drive.readWrite') },
              ]}
              onChange={(access) => onChange({ driveReadOnly: access === 'read' })}
            />
          )}
        </div>
      )}
    </CreateSection>
  );
}
