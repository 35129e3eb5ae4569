/** The next jump host: an instance found by its name, or a place typed as `user@host:port`. */
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import type { Jump } from '../../preload/contract/ssh.ts';
import { useStores } from '../client/context.ts';
import { addressOf } from '../instances/rows.ts';
import { offeredInstances } from '../terminal/offered-instances.ts';
import { PlainText } from '../ui/plain-text.tsx';
import { jumpText, readJump } from './jump.ts';
import classes from './jump-picker.module.css';

interface JumpPickerProps {
  /** The one that the way leads to: no jump host of its own. */
  readonly instance: Instance;
  readonly taken: readonly Jump[];
  readonly typed: string;
  /** Key of the reason under `ssh:options.problem`. */
  readonly problem: string | undefined;
  readonly onType: (text: string) => void;
  readonly onAdd: (jump: Jump) => void;
}

/** No key of an instance is this. */
const asTyped = 'typed';

export function JumpPicker({ instance, taken, typed, problem, onType, onAdd }: JumpPickerProps) {
  const { t } = useTranslation('ssh');
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const instances = useStores().instances(({ items }) => items);
  const place = readJump(typed);
  const isTaken = (key: string) =>
    key === instance.key || taken.some((jump) => jump.kind === 'instance' && jump.instance === key);
  const find = () =>
    offeredInstances(instances, typed, undefined).filter(({ key }) => !isTaken(key));
  const offered = box.dropdownOpened ? find() : [];
  const take = (value: string) => {
    box.closeDropdown();
    if (value !== asTyped) onAdd({ kind: 'instance', instance: value });
    else if (place) onAdd(place);
  };
  /** Enter is for the field as long as something stands in it; it may come before the list has chosen its first. */
  const enter = (event: KeyboardEvent) => {
    if (typed.trim() === '' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (box.dropdownOpened && box.getSelectedOptionIndex() >= 0) return;
    const [first] = find();
    if (place) take(asTyped);
    else if (first) take(first.key);
  };
  return (
    <Combobox
      store={box}
      withinPortal
      zIndex={1000}
      classNames={{ option: classes.option ?? '' }}
      onOptionSubmit={take}
    >
      <Combobox.Target>
        <TextInput
          size="xs"
          label={t('options.addJump')}
          placeholder={t('options.addJumpHint')}
          value={typed}
          maxLength={330}
          spellCheck={false}
          autoComplete="off"
          error={problem && t(`options.problem.${problem}`)}
          onChange={({ currentTarget }) => {
            onType(currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
            // The option that Enter takes is the first, whatever was looked at before.
            setTimeout(() => box.selectFirstOption());
          }}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') enter(event);
            // Closes the list alone, not the dialog with it.
            if (event.key === 'Escape' && box.dropdownOpened) {
              event.stopPropagation();
              box.closeDropdown();
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={220} style={{ overflowY: 'auto' }}>
          {place && (
            <Combobox.Option value={asTyped}>
              <PlainText text={jumpText(place, () => undefined)} mono />
            </Combobox.Option>
          )}
          {offered.map((one) => (
            <Combobox.Option key={one.key} value={one.key}>
              <span className={classes.instance}>
                <PlainText text={one.name} />
                <PlainText text={addressOf(one)} mono soft />
              </span>
            </Combobox.Option>
          ))}
          {!place && offered.length === 0 && (
            <Combobox.Empty>{t('options.noInstance')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
