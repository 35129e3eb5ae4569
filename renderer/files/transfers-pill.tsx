/** What files are moving, in one line of the status bar; nothing when none is. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { useFormats } from '../ui/texts.ts';
import { isEnded, isMoving, wholeShare } from './transfer-states.ts';
import classes from './transfers-pill.module.css';

export function TransfersPill() {
  const { t } = useTranslation('files');
  const formats = useFormats();
  const items = useStores().transfers((state) => state.items);
  const go = useView().useNavigation((navigation) => navigation.go);
  const live = items.filter((transfer) => !isEnded(transfer));
  if (live.length === 0) return null;
  const asks = live.some(({ state }) => state === 'conflict');
  const waits = !live.some(isMoving);
  const share = wholeShare(live);
  const word = asks ? 'pill.asks' : waits ? 'pill.waits' : 'pill.moves';
  return (
    <button
      type="button"
      className={classes.pill}
      data-asks={asks || undefined}
      onClick={() => go('files')}
    >
      {t(word, { count: live.length })}
      {share !== undefined && <b>{formats.share(share)}</b>}
    </button>
  );
}
