/** Creates a network group and lets the instance join it. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useClient } from '../../client/context.ts';
import { useGroups } from '../../client/queries.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { Block } from './detail-block.tsx';
import classes from './network-group-tab.module.css';

const longestName = 64;

export function NewGroup({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const { data: before, refetch } = useGroups(instance.account);
  const { busy, failure, run } = useSubmit();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const { account, key } = instance;

  const createAndJoin = async () => {
    await client.call('groups.create', { account, name: wanted });
    // The cloud gives the id; the new one is the one of this name that was not there.
    const { data: after } = await refetch();
    const known = new Set(before?.map(({ id }) => id));
    const created = after?.find((group) => group.name === wanted && !known.has(group.id));
    if (created) {
      await client.call('groups.join', { account, group: created.id, instance: key });
    }
  };
  const submit = () => {
    if (wanted === '') return;
    run(createAndJoin, () => {
      setName('');
      void refetch();
    });
  };
  return (
    <Block title={t('group.new')}>
      <form
        className={classes.create}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          size="xs"
          aria-label={t('group.name')}
          placeholder={t('group.name')}
          maxLength={longestName}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button submit busy={busy} disabled={wanted === ''}>
          {t('group.create')}
        </Button>
      </form>
      {failure && <FailureNote failure={failure} />}
    </Block>
  );
}
