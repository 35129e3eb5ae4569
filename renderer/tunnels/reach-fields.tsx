/** Who may connect to a new tunnel, and which machine it leads to where that is a third one. */
import { Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WarningIcon } from '../ui/icons.tsx';
import classes from './reach-fields.module.css';
import type { TunnelDraft } from './tunnel-draft.ts';
import type { NewTunnel } from './use-new-tunnel.ts';

const reaches = ['loopback', 'all', 'address'] as const;

export function ReachFields({
  making: { draft, problems, change },
}: {
  readonly making: NewTunnel;
}) {
  const { t } = useTranslation('tunnels');
  const { kind, reach } = draft;
  const side = kind === 'remote' ? 'there' : 'here';
  const hostField = kind === 'remote' ? 'localHost' : 'remoteHost';
  const problemText = (field: 'remoteHost' | 'localHost' | 'address') =>
    problems[field] && t(`create.problems.${problems[field]}`);
  return (
    <div className={classes.fields}>
      {kind !== 'dynamic' && (
        <TextInput
          size="xs"
          label={t(`create.${hostField}`)}
          description={t(`create.${hostField}Hint`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft[hostField]}
          error={problemText(hostField)}
          onChange={({ currentTarget }) => change({ [hostField]: currentTarget.value })}
        />
      )}
      <Radio.Group
        size="xs"
        label={t('create.reach.label')}
        value={reach}
        onChange={(value) => change({ reach: value as TunnelDraft['reach'] })}
      >
        <div className={classes.choices}>
          {reaches.map((value) => (
            <Radio
              key={value}
              size="xs"
              value={value}
              label={t(
                value === 'address' ? 'create.reach.address' : `create.reach.${side}.${value}`,
              )}
            />
          ))}
        </div>
      </Radio.Group>
      {reach === 'address' && (
        <TextInput
          size="xs"
          label={t('create.reach.which')}
          placeholder="192.168.1.20"
          value={draft.address}
          error={problemText('address')}
          onChange={({ currentTarget }) => change({ address: currentTarget.value })}
        />
      )}
      {reach === 'loopback' ? (
        <p className={classes.note}>{t(`create.reach.${side}.note`)}</p>
      ) : (
        <p className={classes.warning}>
          <WarningIcon size={14} />
          <span>{t(`create.reach.${side}.warning`)}</span>
        </p>
      )}
    </div>
  );
}
