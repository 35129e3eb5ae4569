/** What accounts themselves offer, such as adding a server or creating an instance: one button per action, whichever accounts have it. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button, type ButtonLook } from '../ui/button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { OfferButtons } from './offer-buttons.tsx';
import { type OfferTools, useOfferTools } from './offer-tools.ts';
import { type Offer, useOffers } from './use-offers.ts';

export function AccountActions() {
  const accounts = useStores().accounts(({ items }) => items);
  const offers = useOffers();
  const tools = useOfferTools();
  const groups = groupByAction(accounts.flatMap((account) => offers.ofAccount(account)));
  return groups.map(({ action, members }, at) => {
    // Own servers are always there and come first; what clouds offer is the main thing once there is one.
    const look = at === groups.length - 1 ? 'main' : 'plain';
    return members.length === 1 ? (
      <OfferButtons
        key={action}
        offers={members}
        tools={tools}
        size="normal"
        inline={1}
        look={look}
      />
    ) : (
      <AccountChoice key={action} action={action} members={members} tools={tools} look={look} />
    );
  });
}

interface OfferGroup {
  readonly action: string;
  readonly members: readonly Offer[];
}

/** In the order in which the actions first occur. */
function groupByAction(offers: readonly Offer[]): readonly OfferGroup[] {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const { id } = offer.description;
    groups.set(id, [...(groups.get(id) ?? []), offer]);
  }
  return [...groups].map(([action, members]) => ({ action, members }));
}

interface AccountChoiceProps extends OfferGroup {
  readonly tools: OfferTools;
  readonly look: ButtonLook;
}

/** Several accounts offer the same: which one is asked first. */
function AccountChoice({ action, members, tools, look }: AccountChoiceProps) {
  const { t } = useTranslation('instances');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button look={look} aria-haspopup="menu">
          {tools.label(action)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('inAccount')}</Menu.Label>
        {members.map(({ account, description, rule }) => (
          <Menu.Item
            key={account.id}
            disabled={rule !== undefined}
            title={tools.reason(rule)}
            onClick={() => tools.start({ account, description })}
          >
            <PlainText text={account.name} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
