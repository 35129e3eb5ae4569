/** Actions in a menu; a forbidden one stands there with its reason. */
import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ActionStart } from './action-flow.ts';
import classes from './offer-menu.module.css';
import type { OfferTools } from './offer-tools.ts';

/** An action that can be started, or why not. */
export interface OfferEntry {
  readonly action: ActionStart;
  readonly reason: string | undefined;
}

/** Something to do with an instance that its cloud has no part in. */
export interface OtherEntry {
  readonly label: string;
  readonly run: () => void;
}

interface OfferMenuProps {
  readonly entries: readonly OfferEntry[];
  readonly also: readonly OtherEntry[];
  readonly tools: OfferTools;
  readonly button: ReactNode;
}

export function OfferMenu({ entries, also, tools, button }: OfferMenuProps) {
  return (
    <Menu defaultOpened position="bottom-end" width={220}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        {also.map(({ label, run }) => (
          <Menu.Item key={label} onClick={run}>
            {label}
          </Menu.Item>
        ))}
        {also.length > 0 && <Menu.Divider />}
        {entries.map(({ action, reason }) => (
          <Menu.Item
            key={action.description.id}
            disabled={reason !== undefined}
            className={classes.item ?? ''}
            data-danger={action.description.weight === 'danger' || undefined}
            {...(reason && { 'aria-description': reason })}
            onClick={() => tools.start(action)}
          >
            {tools.label(action.description.id)}
            {reason && <span className={classes.reason}>{reason}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
