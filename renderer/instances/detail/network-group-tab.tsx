/** The network group an instance is in: its members on private addresses; or the groups it may join. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkGroup } from '../../../preload/contract/groups.ts';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useClient, useStores } from '../../client/context.ts';
import { useGroups } from '../../client/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ConsoleNote } from '../../ui/console-note.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFormats } from '../../ui/texts.ts';
import { useSubmit } from '../../ui/use-submit.ts';
import { Block } from './detail-block.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { GroupMembers } from './group-members.tsx';
import classes from './network-group-tab.module.css';
import { NewGroup } from './new-group.tsx';

export function NetworkGroupTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account));
  if (account?.parts.includes('groups')) return <Groups instance={instance} />;
  if (!account?.console) return null;
  return (
    <Block title={t('detail.network-group')}>
      <ConsoleNote what={t('detail.network-group')} url={account.console.url} />
    </Block>
  );
}

function Groups({ instance }: { readonly instance: Instance }) {
  const { data, error, refetch } = useGroups(instance.account);
  if (!data) {
    return error ? <FailureNote failure={error} onRetry={() => void refetch()} /> : null;
  }
  const own = data.find(({ members }) =>
    members.some((member) => member.instance === instance.key),
  );
  return (
    <>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
      {own ? (
        <OwnGroup instance={instance} group={own} />
      ) : (
        <JoinableGroups instance={instance} groups={data} />
      )}
    </>
  );
}

interface OwnGroupProps {
  readonly instance: Instance;
  readonly group: NetworkGroup;
}

function OwnGroup({ instance, group }: OwnGroupProps) {
  const { t } = useTranslation('instances');
  const capacity = useCapacityText();
  const [asking, setAsking] = useState(false);
  return (
    <Block
      title={t('group.in')}
      tools={
        <Button size="row" onClick={() => setAsking(true)}>
          {t('group.disconnect')}
        </Button>
      }
    >
      <p className={classes.group}>
        <PlainText text={group.name} strong />
        <span className="figures">{capacity(group)}</span>
      </p>
      <GroupMembers group={group} own={instance.key} />
      <p className={classes.soft}>{t('group.what')}</p>
      {asking && (
        <DisconnectDialog instance={instance} group={group} onClose={() => setAsking(false)} />
      )}
    </Block>
  );
}

interface JoinableGroupsProps {
  readonly instance: Instance;
  readonly groups: readonly NetworkGroup[];
}

function JoinableGroups({ instance, groups }: JoinableGroupsProps) {
  const { t } = useTranslation('instances');
  return (
    <>
      <Block title={t('group.join')}>
        <p className={classes.soft}>{t('group.notIn')}</p>
        {groups.length === 0 && <p className={classes.soft}>{t('group.none')}</p>}
        <ul className={classes.groups}>
          {groups.map((group) => (
            <JoinableGroup key={group.id} instance={instance} group={group} />
          ))}
        </ul>
      </Block>
      <NewGroup instance={instance} />
    </>
  );
}

function JoinableGroup({ instance, group }: OwnGroupProps) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const capacity = useCapacityText();
  const { refetch } = useGroups(instance.account);
  const { busy, failure, run } = useSubmit();
  const { account, key } = instance;
  const join = () =>
    run(
      () => client.call('groups.join', { account, group: group.id, instance: key }),
      () => void refetch(),
    );
  const isFull = group.members.length >= group.capacity;
  return (
    <li>
      <div className={classes.group}>
        <PlainText text={group.name} strong />
        <span className="figures">{capacity(group)}</span>
        <Button
          size="row"
          busy={busy}
          reason={isFull ? t('group.full') : undefined}
          aria-label={t('group.joinThis', { name: group.name.slice(0, 80) })}
          onClick={join}
        >
          {t('group.joinButton')}
        </Button>
      </div>
      {failure && <FailureNote failure={failure} />}
    </li>
  );
}

/** "2/5". */
function useCapacityText(): (group: NetworkGroup) => string {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  return ({ members, capacity }) =>
    t('group.capacity', {
      members: formats.count(members.length),
      capacity: formats.count(capacity),
    });
}
