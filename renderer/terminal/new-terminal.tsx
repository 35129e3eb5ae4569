/** The plus of the dock: a terminal on the instance looked at, or on any other, found by typing; plain, or in tmux or screen. */
import { Combobox, SegmentedControl, useCombobox } from '@mantine/core';
import { type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { PlusIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import classes from './new-terminal.module.css';
import { offeredInstances } from './offered-instances.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

/** `usual`: as the instance's options say. */
const shells = ['usual', 'plain', 'tmux', 'screen'] as const;

const longestName = 40;

interface NewTerminalProps {
  readonly selectedInstance: string | undefined;
  readonly buttonRef: RefObject<HTMLButtonElement | null>;
}

export function NewTerminal({ selectedInstance, buttonRef }: NewTerminalProps) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const instances = useStores().instances(({ items }) => items);
  const [text, setText] = useState('');
  const [shell, setShell] = useState<Terminal['shell'] | 'usual'>('usual');
  const box = useCombobox({
    onDropdownOpen: () => box.focusSearchInput(),
    onDropdownClose: () => {
      box.resetSelectedOption();
      setText('');
      setShell('usual');
    },
  });
  const { dropdownOpened, selectFirstOption } = box;
  const offered = dropdownOpened ? offeredInstances(instances, text, selectedInstance) : [];
  const [first] = offered;
  // Enter takes the first of what was found, which is there only once it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is what was found by
  useEffect(() => {
    if (dropdownOpened) selectFirstOption();
  }, [dropdownOpened, text, selectFirstOption]);
  return (
    <Combobox
      store={box}
      width={320}
      position="top-start"
      withinPortal
      onOptionSubmit={(key) => {
        box.closeDropdown();
        void pool.open(key, shell === 'usual' ? {} : { shell });
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          ref={buttonRef}
          look="quiet"
          size="row"
          square
          aria-label={t('new')}
          onClick={() => box.toggleDropdown()}
        >
          <PlusIcon size={13} />
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          placeholder={t('newSearch')}
          aria-label={t('newSearch')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') buttonRef.current?.focus();
          }}
        />
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {offered.map((instance) => (
            <Combobox.Option key={instance.key} value={instance.key}>
              <PlainText text={instance.name} />
            </Combobox.Option>
          ))}
          {offered.length === 0 && <Combobox.Empty>{t('newNone')}</Combobox.Empty>}
        </Combobox.Options>
        <div className={classes.shell}>
          <span>{t('shell.title')}</span>
          <SegmentedControl
            size="xs"
            fullWidth
            value={shell}
            onChange={(next) => setShell(next)}
            data={shells.map((value) => ({ value, label: t(`shell.${value}`) }))}
          />
          {first && (
            <Button
              look="quiet"
              size="row"
              onClick={() => {
                box.closeDropdown();
                pool.dock.setState({ sessionsOf: first.key });
              }}
            >
              {t('sessions.title', { name: plainly(first.name, longestName) })}…
            </Button>
          )}
        </div>
      </Combobox.Dropdown>
    </Combobox>
  );
}
