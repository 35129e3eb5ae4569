/** The way to a cloud's own console, where the account that asks belongs to one that has it. */
import { useTranslation } from 'react-i18next';
import type { PromptOwner } from '../../preload/contract/prompts.ts';
import { useClient, useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { openPage } from '../ui/open-page.ts';

export function ConsoleLink({ owner }: { readonly owner: PromptOwner }) {
  const { t } = useTranslation();
  const client = useClient();
  const account = useStores().instances(({ byKey }) => byKey.get(owner.instance)?.account);
  const url = useStores().accounts(({ byKey }) => byKey.get(account ?? '')?.console?.url);
  // A jump host typed by hand stands in nobody's console.
  if (url === undefined || owner.hop !== undefined) return null;
  return (
    <Button
      size="row"
      title={url}
      // The question stays either way: where the console is, its title says.
      onClick={() => void openPage(client, url).catch(() => {})}
    >
      {t('openConsole')}
    </Button>
  );
}
