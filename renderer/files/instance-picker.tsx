/** On which instance the files are: found by typing, running ones first. */
import { Combobox, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { ChevronIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { InstanceLine } from './instance-line.tsx';
import classes from './instance-picker.module.css';
import { pickableInstances } from './pickable-instances.ts';

export function InstancePicker({ chosen }: { readonly chosen: string }) {
  const { t } = useTranslation('files');
  const instances = useStores().instances(({ items }) => items);
  const name = useStores().instances(({ byKey }) => byKey.get(chosen)?.name);
  const visitInstance = useView().useFilesView((view) => view.visitInstance);
  const button = useRef<HTMLButtonElement>(null);
  const [text, setText] = useState('');
  const box = useCombobox({
    onDropdownOpen: () => box.focusSearchInput(),
    onDropdownClose: () => {
      box.resetSelectedOption();
      setText('');
    },
  });
  const { dropdownOpened, selectFirstOption } = box;
  // Enter takes the first of what was found, which is there only once it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is what was found by
  useEffect(() => {
    if (dropdownOpened) selectFirstOption();
  }, [dropdownOpened, text, selectFirstOption]);
  const offered = box.dropdownOpened ? pickableInstances(instances, text) : [];
  return (
    <Combobox
      store={box}
      width={320}
      position="bottom-start"
      withinPortal
      onOptionSubmit={(key) => {
        box.closeDropdown();
        visitInstance(key);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          ref={button}
          aria-label={t('instance')}
          aria-haspopup="listbox"
          aria-expanded={box.dropdownOpened}
          onClick={() => box.toggleDropdown()}
        >
          <span className={classes.chosen}>
            <PlainText text={name ?? t('instance')} strong />
            <ChevronIcon size={12} />
          </span>
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          placeholder={t('findInstance')}
          aria-label={t('findInstance')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') button.current?.focus();
          }}
        />
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }}>
          {offered.map((instance) => (
            <Combobox.Option key={instance.key} value={instance.key}>
              <InstanceLine instance={instance} />
            </Combobox.Option>
          ))}
          {offered.length === 0 && <Combobox.Empty>{t('noInstance')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
