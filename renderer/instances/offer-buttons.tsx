/** The actions of one target: the first few as buttons, the rest in a menu; a forbidden one says why. */
import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { MoreIcon } from '../ui/icons.tsx';
import { useTextRef } from '../ui/texts.ts';
import { runningKey } from './action-flow.ts';
import classes from './offer-buttons.module.css';
import { useActionLabel } from './use-action-label.ts';
import type { Offer } from './use-offers.ts';
import { useStartAction } from './use-start-action.ts';

interface OfferButtonsProps {
  readonly offers: readonly Offer[];
  readonly instance?: Instance;
  readonly size: 'row' | 'normal';
  /** How many stand as buttons. */
  readonly inline: number;
}

export function OfferButtons({ offers, instance, size, inline }: OfferButtonsProps) {
  const inMenu = offers.slice(inline);
  return (
    <>
      {offers.slice(0, inline).map((offer) => (
        <OfferButton
          key={offer.description.id}
          offer={offer}
          size={size}
          {...(instance && { instance })}
        />
      ))}
      {inMenu.length > 0 && (
        <OfferMenu offers={inMenu} size={size} {...(instance && { instance })} />
      )}
    </>
  );
}

interface OfferButtonProps {
  readonly offer: Offer;
  readonly instance?: Instance;
  readonly size: 'row' | 'normal';
}

function OfferButton({ offer, instance, size }: OfferButtonProps) {
  const word = useTextRef();
  const actionLabel = useActionLabel();
  const start = useStartAction();
  const { useActionFlow } = useView();
  const { account, description, rule } = offer;
  const action = { account, description, ...(instance && { instance }) };
  const busy = useActionFlow(({ running }) => running.has(runningKey(action)));
  const { weight } = description;
  const look =
    weight === 'danger' ? 'danger' : weight === 'primary' && !instance ? 'main' : 'plain';
  return (
    <Button
      size={size}
      look={look}
      busy={busy}
      reason={rule && word('rules', rule)}
      onClick={() => start(action)}
    >
      {actionLabel(description.id)}
    </Button>
  );
}

interface OfferMenuProps {
  readonly offers: readonly Offer[];
  readonly instance?: Instance;
  readonly size: 'row' | 'normal';
}

/** The menu itself is only made when first asked for: a table shows many of these buttons. */
function OfferMenu(props: OfferMenuProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = (
    <Button
      size={props.size}
      look="quiet"
      square
      aria-label={t('instances:moreActions')}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <MoreIcon />
    </Button>
  );
  if (!asked) return button;
  return (
    <Menu defaultOpened position="bottom-end" width={220}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <OfferItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

function OfferItems({ offers, instance }: OfferMenuProps) {
  const word = useTextRef();
  const actionLabel = useActionLabel();
  const start = useStartAction();
  return offers.map(({ account, description, rule }) => (
    <Menu.Item
      key={description.id}
      disabled={rule !== undefined}
      className={classes.item ?? ''}
      data-danger={description.weight === 'danger' || undefined}
      {...(rule && { 'aria-description': word('rules', rule) })}
      onClick={() => start({ account, description, ...(instance && { instance }) })}
    >
      {actionLabel(description.id)}
      {rule && <span className={classes.reason}>{word('rules', rule)}</span>}
    </Menu.Item>
  ));
}
