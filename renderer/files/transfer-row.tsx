/** One transfer: what goes where, how far and how fast, and what may be done about it. */
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../preload/contract/files.ts';
import { Button } from '../ui/button.tsx';
import { useFailureText } from '../ui/failure-note.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { DownloadIcon, PauseIcon, ResumeIcon, UploadIcon } from './file-icons.tsx';
import { shownName } from './file-name.tsx';
import { TransferProblems } from './transfer-problems.tsx';
import classes from './transfer-row.module.css';
import { isEnded, movedNothing, transferMood, transferShare } from './transfer-states.ts';
import type { TransferActions } from './use-transfer-actions.ts';
import { useTransferWords } from './use-transfer-words.ts';

const longestDetail = 200;

interface TransferRowProps {
  readonly transfer: Transfer;
  readonly actions: TransferActions;
}

export function TransferRow({ transfer, actions }: TransferRowProps) {
  const { t } = useTranslation('files');
  const words = useTransferWords();
  const failureText = useFailureText();
  const { direction, failure, instanceName, directory, problems } = transfer;
  const name = shownName(transfer.name);
  return (
    <li className={classes.row} aria-label={name}>
      <span className={classes.direction} title={t(`direction.${direction}`)}>
        {direction === 'upload' ? <UploadIcon size={14} /> : <DownloadIcon size={14} />}
        <span className="hidden-text">{t(`direction.${direction}`)}</span>
      </span>
      <span className={classes.what}>
        <span className={classes.name} title={name}>
          {name}
          {transfer.items > 1 && <small>{words.others(transfer)}</small>}
        </span>
        <span className={classes.where}>
          <PlainText text={`${instanceName}:${directory}`} soft />
        </span>
      </span>
      <span className={classes.progress}>
        <span className={classes.state}>
          <StateDot mood={transferMood(transfer)} />
          <span>{words.state(transfer)}</span>
        </span>
        {!isEnded(transfer) && (
          <ProgressBar
            label={name}
            share={transferShare(transfer)}
            paused={transfer.state !== 'running' && transfer.state !== 'preparing'}
          />
        )}
      </span>
      <span className={classes.figures}>{words.figures(transfer)}</span>
      <TransferButtons transfer={transfer} actions={actions} name={name} />
      {failure && (
        <p className={classes.failure} data-passing={!isEnded(transfer) || undefined}>
          {failureText(failure)}
          {failure.message !== failure.rule?.id && (
            <small>{plainly(failure.message, longestDetail)}</small>
          )}
        </p>
      )}
      {problems.length > 0 && (
        <TransferProblems problems={problems} open={movedNothing(transfer)} />
      )}
    </li>
  );
}

interface TransferButtonsProps extends TransferRowProps {
  readonly name: string;
}

function TransferButtons({ transfer, actions, name }: TransferButtonsProps) {
  const { t } = useTranslation('files');
  const { state } = transfer;
  const canPause =
    state === 'queued' || state === 'running' || state === 'preparing' || state === 'waiting';
  return (
    <span className={classes.buttons}>
      {state === 'conflict' && (
        <Button size="row" onClick={() => actions.decide(transfer)}>
          {t('transfer.decide')}
        </Button>
      )}
      {canPause && (
        <Button
          look="quiet"
          size="row"
          square
          aria-label={t('transfer.pause', { name })}
          onClick={() => actions.pause(transfer)}
        >
          <PauseIcon size={13} />
        </Button>
      )}
      {state === 'paused' && (
        <Button
          look="quiet"
          size="row"
          square
          aria-label={t('transfer.resume', { name })}
          onClick={() => actions.resume(transfer)}
        >
          <ResumeIcon size={13} />
        </Button>
      )}
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t(isEnded(transfer) ? 'transfer.dismiss' : 'transfer.cancel', { name })}
        onClick={() => (isEnded(transfer) ? actions.dismiss([transfer]) : actions.cancel(transfer))}
      >
        <CloseIcon size={13} />
      </Button>
    </span>
  );
}
