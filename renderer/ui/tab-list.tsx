/** Tabs in a row with counts, moved through by the arrow keys. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import classes from './tab-list.module.css';
import { useFormats } from './texts.ts';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly count?: number | undefined;
}

interface TabListProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  /** `bar`: fills a bar that has a line of its own, and scrolls when it is too narrow. */
  readonly look?: 'line' | 'bar';
}

export function TabList<Id extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  look = 'line',
}: TabListProps<Id>) {
  const formats = useFormats();
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab is what there is to see, also when others come before it
  useEffect(() => {
    const tab = list.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen, tabs.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    const target = tabs[next];
    if (!target) return;
    onChoose(target.id);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <div
      ref={list}
      className={classes.tabs}
      data-look={look}
      role="tablist"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ id, label: text, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          className={classes.tab}
          aria-selected={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {text}{' '}
          {count !== undefined && <span className={classes.count}>{formats.count(count)}</span>}
        </button>
      ))}
    </div>
  );
}
