/** How often the line is asked whether it is still there, or never, with why one would. */
import { NativeSelect, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './keepalive-field.module.css';
import type { OptionsDraft } from './options-draft.ts';

const kinds = ['configured', 'seconds', 'off'] as const;

interface KeepaliveFieldProps {
  readonly follows: boolean;
  readonly draft: OptionsDraft;
  readonly problem: string | undefined;
  readonly onChange: (draft: OptionsDraft) => void;
}

export function KeepaliveField({ follows, draft, problem, onChange }: KeepaliveFieldProps) {
  const { t } = useTranslation('ssh');
  const { keepalive } = draft;
  const hint = keepalive === 'configured' && follows ? 'followed' : keepalive;
  return (
    <div className={classes.keepalive}>
      <NativeSelect
        size="xs"
        className={classes.kind ?? ''}
        label={t('options.keepalive')}
        description={t(`options.keepaliveHint.${hint}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        value={keepalive}
        data={kinds.map((value) => ({ value, label: t(`options.keepaliveKind.${value}`) }))}
        onChange={({ currentTarget }) =>
          onChange({ ...draft, keepalive: currentTarget.value as OptionsDraft['keepalive'] })
        }
      />
      {keepalive === 'seconds' && (
        <NumberInput
          size="xs"
          label={t('options.seconds')}
          min={1}
          max={3600}
          allowDecimal={false}
          clampBehavior="none"
          value={draft.keepaliveSeconds}
          error={problem && t(`options.problem.${problem}`)}
          onChange={(keepaliveSeconds) => onChange({ ...draft, keepaliveSeconds })}
        />
      )}
    </div>
  );
}
