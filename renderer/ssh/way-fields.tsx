/** The way to an instance: as OpenSSH's configuration says, direct, or through jump hosts in an order of one's own. */
import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { plainly } from '../ui/plain-text.tsx';
import { JumpList } from './jump-list.tsx';
import type { OptionsDraft } from './options-draft.ts';
import { useConfigHosts } from './queries.ts';
import classes from './way-fields.module.css';

const longestName = 80;
const longestWay = 300;

interface WayFieldsProps {
  readonly instance: Instance;
  /** The name followed in OpenSSH's configuration. */
  readonly follows: string | undefined;
  readonly draft: OptionsDraft;
  readonly problem: string | undefined;
  readonly onChange: (draft: OptionsDraft) => void;
}

export function WayFields({ instance, follows, draft, problem, onChange }: WayFieldsProps) {
  const { t } = useTranslation('ssh');
  const configured = useConfiguredWay(follows);
  const ways = follows === undefined ? (['direct', 'jumps'] as const) : allWays;
  const hint = (way: OptionsDraft['way']) =>
    way === 'configured' ? configured : t(`options.wayHint.${way}`);
  return (
    <Radio.Group
      size="xs"
      label={t('options.way')}
      value={draft.way}
      onChange={(way) => onChange({ ...draft, way: way as OptionsDraft['way'] })}
    >
      <div className={classes.ways}>
        {ways.map((way) => (
          <Radio
            key={way}
            size="xs"
            value={way}
            label={t(`options.wayKind.${way}`, {
              alias: plainly(follows ?? '', longestName),
            })}
            description={hint(way)}
            data-autofocus={way === draft.way || undefined}
          />
        ))}
        {draft.way === 'jumps' && (
          <JumpList instance={instance} draft={draft} problem={problem} onChange={onChange} />
        )}
      </div>
    </Radio.Group>
  );
}

const allWays = ['configured', 'direct', 'jumps'] as const;

/** What the configuration says just now, in words. */
function useConfiguredWay(follows: string | undefined): string {
  const { t } = useTranslation('ssh');
  const { data } = useConfigHosts(follows !== undefined);
  const host = data?.hosts.find(({ alias }) => alias === follows);
  if (!host) return t('options.wayHint.configured');
  if (host.proxyCommand !== undefined) return t('options.configuredProxy');
  if (host.jumps.length === 0) return t('options.configuredDirect');
  return t('options.configuredJumps', { jumps: plainly(host.jumps.join(' → '), longestWay) });
}
