/** On which hardware, where, and how much of it. */
import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HardwareSpec } from '../../preload/contract/catalogue.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useFormats } from '../ui/texts.ts';
import choiceClasses from './choice-list.module.css';
import { chosenSpec, mostUnits, regionsOf } from './create-draft.ts';
import classes from './create-wizard.module.css';
import { HardwareTable } from './hardware-table.tsx';
import { CreateSection, type SectionProps } from './section.tsx';

interface HardwareSectionProps extends SectionProps {
  /** Whether the page waits for stock of it. */
  readonly watched: (spec: HardwareSpec) => boolean;
  readonly onTell: (spec: HardwareSpec) => void;
  readonly onCreateLater: (spec: HardwareSpec) => void;
}

export function HardwareSection(props: HardwareSectionProps) {
  const { t } = useTranslation('create');
  const { draft, problems, tried, onChange, catalogue, watched, onTell, onCreateLater } = props;
  const { data: specs, error, refetch } = catalogue.hardware;
  const problem = problems.hardware ?? (problems.region ? 'missing' : undefined);
  return (
    <>
      <CreateSection
        title={t('hardware.title')}
        error={tried && problem && t(`hardware.problem.${problem}`)}
        tools={
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('hardware.kind')}
              value={draft.kind}
              data={[
                { value: 'gpu', label: t('hardware.gpu') },
                { value: 'cpu', label: t('hardware.cpu') },
              ]}
              onChange={(kind) => onChange({ kind, hardware: '' })}
            />
            {specs && (
              <NativeSelect
                size="xs"
                aria-label={t('hardware.region')}
                value={draft.region}
                data={[...regionsOf(specs, draft.kind)]}
                onChange={({ currentTarget: { value: region } }) =>
                  onChange({ region, hardware: '', driveId: '' })
                }
              />
            )}
          </>
        }
      >
        {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
        {catalogue.isOffered && !specs && !error && (
          <p className={choiceClasses.quiet}>{t('reading')}</p>
        )}
        {specs && (
          <HardwareTable
            kind={draft.kind}
            specs={specs.filter(
              ({ kind, region }) => kind === draft.kind && region === draft.region,
            )}
            chosen={draft.hardware}
            onChoose={(hardware) => onChange({ hardware })}
            watched={watched}
            onTell={onTell}
            onCreateLater={onCreateLater}
          />
        )}
        {!catalogue.isOffered && <HardwareByHand {...props} />}
      </CreateSection>
      <Units {...props} />
    </>
  );
}

function Units({ draft, problems, tried, onChange, catalogue }: SectionProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  const spec = chosenSpec(draft, catalogue.hardware.data ?? []);
  return (
    <NumberInput
      size="xs"
      className={classes.units ?? ''}
      label={t('hardware.units')}
      description={
        spec &&
        (mostUnits(spec) < spec.maxUnits
          ? t('hardware.unitsInStock', { most: formats.count(mostUnits(spec)), cap: spec.maxUnits })
          : t('hardware.unitsCap', { cap: spec.maxUnits }))
      }
      min={1}
      {...(spec && { max: mostUnits(spec) })}
      allowDecimal={false}
      clampBehavior="strict"
      value={draft.units}
      error={tried && problems.units && t('hardware.unitsRange')}
      onChange={(units) => typeof units === 'number' && onChange({ units })}
    />
  );
}

/** The API does not tell what there is: the operator knows it from the cloud's console. */
function HardwareByHand({ draft, onChange }: SectionProps) {
  const { t } = useTranslation('create');
  return (
    <>
      <p className={choiceClasses.quiet}>{t('hardware.notOffered')}</p>
      <div className={classes.pair}>
        <TextInput
          size="xs"
          label={t('hardware.name')}
          maxLength={128}
          spellCheck={false}
          value={draft.hardware}
          onChange={({ currentTarget }) => onChange({ hardware: currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={t('hardware.region')}
          maxLength={32}
          spellCheck={false}
          value={draft.region}
          onChange={({ currentTarget }) => onChange({ region: currentTarget.value })}
        />
      </div>
    </>
  );
}
