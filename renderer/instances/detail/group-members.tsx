/** Who is in a network group: private address, name, bandwidth, status. */
import { useTranslation } from 'react-i18next';
import type { NetworkGroup } from '../../../preload/contract/groups.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFormats, useWord } from '../../ui/texts.ts';
import classes from './network-group-tab.module.css';

interface GroupMembersProps {
  readonly group: NetworkGroup;
  /** Key of the instance that is looked at. */
  readonly own: string;
}

export function GroupMembers({ group, own }: GroupMembersProps) {
  const { t } = useTranslation('instances');
  const word = useWord();
  const formats = useFormats();
  return (
    <table className={classes.members}>
      <thead>
        <tr>
          <th scope="col">{t('group.address')}</th>
          <th scope="col">{t('column.name')}</th>
          <th scope="col">{t('group.bandwidth')}</th>
          <th scope="col">{t('group.status')}</th>
        </tr>
      </thead>
      <tbody>
        {group.members.map(({ instance, name, address, bandwidthMbps, status }) => (
          <tr key={instance} data-own={instance === own || undefined}>
            <td>
              <span className={classes.address}>
                <PlainText text={address} mono />
                <CopyButton text={address} label={t('group.copyAddress', { address })} />
              </span>
            </td>
            <td>
              <PlainText text={name} />
              {instance === own && <small>{t('group.thisOne')}</small>}
            </td>
            <td className="figures">
              {bandwidthMbps === undefined
                ? '–'
                : t('group.mbps', { rate: formats.count(bandwidthMbps) })}
            </td>
            <td>
              <PlainText text={word(`states:word-${status}`, status)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
