/** The files page before an instance was chosen. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { FilesIcon } from '../ui/icons.tsx';
import page from '../ui/table-page.module.css';
import { InstanceLine } from './instance-line.tsx';
import classes from './instance-picker.module.css';
import { pickableInstances } from './pickable-instances.ts';

/** From here on finding by typing is quicker than reading. */
const manyInstances = 10;

export function ChooseInstance() {
  const { t } = useTranslation('files');
  const { look, failure, items } = useStores().instances();
  const { useFilesView, useNavigation } = useView();
  const [text, setText] = useState('');
  const visit = (key: string) => useFilesView.getState().visitInstance(key);
  const all = pickableInstances(items, '');
  const offered = pickableInstances(items, text);
  if (look === 'failed' && failure) return <FailureNote failure={failure} />;
  return (
    <div className={page.empty}>
      <FilesIcon size={34} />
      <h2>{t('choose.title')}</h2>
      {all.length > 0 && <p>{t('choose.text')}</p>}
      {all.length >= manyInstances && (
        <TextInput
          size="xs"
          mb={10}
          w={280}
          aria-label={t('findInstance')}
          placeholder={t('findInstance')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key, nativeEvent }) => {
            // The first found, as in every other field of the kind; not while a word is being composed.
            const [first] = offered;
            if (key === 'Enter' && !nativeEvent.isComposing && first) visit(first.key);
          }}
        />
      )}
      {offered.length > 0 && (
        <ul className={classes.list}>
          {offered.map((instance) => (
            <li key={instance.key}>
              <button type="button" onClick={() => visit(instance.key)}>
                <InstanceLine instance={instance} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {all.length > 0 && offered.length === 0 && <p>{t('noInstance')}</p>}
      {all.length === 0 && look !== 'loading' && (
        <>
          <p>{t('choose.none')}</p>
          <Button look="main" onClick={() => useNavigation.getState().go('instances')}>
            {t('choose.go')}
          </Button>
        </>
      )}
      {look === 'loading' && <p>{t('common:loading')}</p>}
    </div>
  );
}
