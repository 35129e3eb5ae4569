/** Which instance a new tunnel goes through, found by typing. */
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { offeredInstances } from '../terminal/offered-instances.ts';
import { PlainText, plainly } from '../ui/plain-text.tsx';

interface InstanceChoiceProps {
  /** Key; empty: none yet. */
  readonly chosen: string;
  readonly problem: string | undefined;
  readonly onChoose: (key: string) => void;
}

const longestName = 80;
/** Over the dialog it stands in. */
const zIndex = 1000;

export function InstanceChoice({ chosen, problem, onChoose }: InstanceChoiceProps) {
  const { t } = useTranslation('tunnels');
  const { instances } = useStores();
  const all = instances(({ items }) => items);
  const chosenName = instances(({ byKey }) => byKey.get(chosen)?.name ?? '');
  const [typed, setTyped] = useState('');
  const box = useCombobox({ onDropdownClose: () => setTyped('') });
  const { dropdownOpened, selectFirstOption } = box;
  const offered = dropdownOpened ? offeredInstances(all, typed, chosen) : [];
  // Enter takes the first of what was found, which is there only once it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is what was found by
  useEffect(() => {
    if (dropdownOpened) selectFirstOption();
  }, [dropdownOpened, typed, selectFirstOption]);
  return (
    <Combobox
      store={box}
      zIndex={zIndex}
      onOptionSubmit={(key) => {
        onChoose(key);
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          size="xs"
          label={t('create.instance')}
          placeholder={t('create.instanceSearch')}
          error={problem}
          value={dropdownOpened ? typed : plainly(chosenName, longestName)}
          data-autofocus={chosen === '' || undefined}
          rightSection={<Combobox.Chevron size="xs" />}
          rightSectionPointerEvents="none"
          // Escape closes the choice, not the dialog.
          data-mantine-stop-propagation={dropdownOpened || undefined}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            box.openDropdown();
          }}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={220} style={{ overflowY: 'auto' }}>
          {offered.map(({ key, name }) => (
            <Combobox.Option key={key} value={key}>
              <PlainText text={name} />
            </Combobox.Option>
          ))}
          {offered.length === 0 && <Combobox.Empty>{t('create.instanceNone')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
