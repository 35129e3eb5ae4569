/** The actions of one target: the first few as buttons, the rest in a menu; a forbidden one says why. */
import { useState } from 'react';
import type { Instance } from '../../preload/contract/instances.ts';
import { useView } from '../shell/view-context.ts';
import { Button, type ButtonLook } from '../ui/button.tsx';
import { MoreIcon } from '../ui/icons.tsx';
import { runningKey } from './action-flow.ts';
import { type OfferEntry, OfferMenu, type OtherEntry } from './offer-menu.tsx';
import type { OfferTools } from './offer-tools.ts';
import type { Offer } from './use-offers.ts';

interface OfferButtonsProps {
  readonly offers: readonly Offer[];
  readonly instance?: Instance;
  readonly tools: OfferTools;
  readonly size: 'row' | 'normal';
  /** How many stand as buttons. */
  readonly inline: number;
  /** Of the buttons that are not dangerous; absent: by the action's own weight. */
  readonly look?: ButtonLook;
  /** What stands in the menu too, where there is one. */
  readonly also?: readonly OtherEntry[];
}

export function OfferButtons({
  offers,
  instance,
  tools,
  size,
  inline,
  look,
  also = [],
}: OfferButtonsProps) {
  const entries = offers.map(({ account, description, rule }) => ({
    action: { account, description, ...(instance && { instance }) },
    reason: tools.reason(rule),
  }));
  return (
    <>
      {entries.slice(0, inline).map((entry) => (
        <OfferButton
          key={entry.action.description.id}
          {...entry}
          tools={tools}
          size={size}
          wanted={look}
        />
      ))}
      {entries.length > inline && (
        <MoreOffers entries={entries.slice(inline)} also={also} tools={tools} size={size} />
      )}
    </>
  );
}

interface OfferButtonProps extends OfferEntry {
  readonly tools: OfferTools;
  readonly size: 'row' | 'normal';
  readonly wanted: ButtonLook | undefined;
}

function OfferButton({ action, reason, tools, size, wanted }: OfferButtonProps) {
  const { description, instance } = action;
  const busy = useView().useActionFlow(({ running }) => running.has(runningKey(action)));
  const { weight } = description;
  const look =
    weight === 'danger'
      ? 'danger'
      : (wanted ?? (weight === 'primary' && !instance ? 'main' : 'plain'));
  return (
    <Button size={size} look={look} busy={busy} reason={reason} onClick={() => tools.start(action)}>
      {tools.label(description.id)}
    </Button>
  );
}

interface MoreOffersProps {
  readonly entries: readonly OfferEntry[];
  readonly also: readonly OtherEntry[];
  readonly tools: OfferTools;
  readonly size: 'row' | 'normal';
}

/** The menu itself is only made when first asked for: a table shows many of these buttons. */
function MoreOffers({ entries, also, tools, size }: MoreOffersProps) {
  const [asked, setAsked] = useState(false);
  const button = (
    <Button
      size={size}
      look="quiet"
      square
      aria-label={tools.moreLabel}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <MoreIcon />
    </Button>
  );
  return asked ? <OfferMenu entries={entries} also={also} tools={tools} button={button} /> : button;
}
