/** Nothing is here yet: the one thing to do is to paste an SSH command. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import mark from '../ui/mark.svg';
import classes from './first-run.module.css';
import type { AddServersDraft } from './servers/add-servers-wizard.tsx';
import { FollowInvitation } from './servers/follow-invitation.tsx';
import { PasteBox, useParsedCommands } from './servers/paste-box.tsx';
import { draftsOf, emptyDraft, type ServerDraft } from './servers/server-draft.ts';
import { useOffers } from './use-offers.ts';

const addAction = 'add-servers';

export function FirstRun() {
  const { t } = useTranslation('instances');
  const { useActionFlow } = useView();
  const accounts = useStores().accounts(({ items }) => items);
  const offers = useOffers();
  const [text, setText] = useState('');
  const parsed = useParsedCommands(text);
  const drafts = draftsOf(parsed.commands);
  const offer = accounts
    .flatMap((account) => offers.ofAccount(account))
    .find(({ description }) => description.id === addAction);

  const start = (draft: AddServersDraft) => {
    if (!offer) return;
    const { account, description } = offer;
    useActionFlow.getState().start({ account, description, draft });
  };
  const add = (servers: readonly ServerDraft[]) => start({ servers });
  const addPasted = () => {
    if (drafts.length > 0 && parsed.isSettled) add(drafts);
  };

  return (
    <div className={classes.page}>
      <div className={classes.middle}>
        <img src={mark} alt="" width={48} height={48} />
        <h1>{t('firstRun.title')}</h1>
        <p>{t('firstRun.what')}</p>
        <div className={classes.paste}>
          <PasteBox text={text} onChange={setText} parsed={parsed} onSubmit={addPasted} big />
        </div>
        <div className={classes.buttons}>
          <Button
            look="main"
            size="large"
            disabled={!offer || !parsed.isSettled}
            reason={parsed.isSettled && drafts.length === 0 ? t('add.pasteFirst') : undefined}
            onClick={addPasted}
          >
            {t('firstRun.add', { count: drafts.length })}
          </Button>
          <Button size="large" look="quiet" disabled={!offer} onClick={() => add([emptyDraft(0)])}>
            {t('add.byForm')}
          </Button>
        </div>
        <FollowInvitation onAccept={offer && (() => start({ servers: [], fromConfig: true }))} />
        <p className={classes.promise}>{t('firstRun.promise')}</p>
      </div>
    </div>
  );
}
