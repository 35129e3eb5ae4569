/** How far the opening of a Jupyter page is: looking, nothing there, failed, or held back by the browser. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreApi, UseBoundStore } from 'zustand';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { CommandLine } from './command-line.tsx';
import { JupyterChoice } from './jupyter-choice.tsx';
import classes from './jupyter-dialog.module.css';
import type { JupyterOpening } from './jupyter-opening.ts';

const startCommand = 'jupyter lab --no-browser --ip=127.0.0.1 --port=8888';
const longestName = 60;

interface JupyterDialogProps {
  readonly useOpening: UseBoundStore<StoreApi<JupyterOpening>>;
}

export function JupyterDialog({ useOpening }: JupyterDialogProps) {
  const { t } = useTranslation('tunnels');
  const { stage, open, openBlocked, close } = useOpening();
  const instances = useStores().instances(({ byKey }) => byKey);
  if (stage.kind === 'idle') return null;

  const name = instances.get(stage.instance)?.name ?? stage.instance;
  const undecided = stage.kind === 'looking' || stage.kind === 'choosing';
  const again = (remotePort?: number) => {
    const words = {
      title: t('jupyter.title'),
      text: t('jupyter.page', { name: plainly(name, longestName) }),
    };
    open(stage.instance, words, remotePort);
  };
  const frame = (main: ReactNode, body: ReactNode) => (
    <Dialog
      title={t('jupyter.title')}
      subtitle={<PlainText text={name} soft />}
      widthPx={540}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t(undecided ? 'common:cancel' : 'close')}</Button>
          {main}
        </>
      }
    >
      {body}
    </Dialog>
  );
  const retry = (
    <Button look="main" onClick={() => again()}>
      {t('jupyter.again')}
    </Button>
  );
  switch (stage.kind) {
    case 'looking':
      return frame(
        null,
        <p className={classes.looking} role="status">
          <StateDot mood="busy" />
          {t('jupyter.looking')}
        </p>,
      );
    case 'not-found':
      return frame(
        retry,
        <>
          <p className={classes.text}>{t('jupyter.notFound')}</p>
          <p className={classes.text}>{t('jupyter.howToStart')}</p>
          <CommandLine command={startCommand} copyLabel={t('jupyter.copyCommand')} />
        </>,
      );
    case 'choosing':
      return frame(null, <JupyterChoice servers={stage.servers} onChoose={again} />);
    case 'failed':
      return frame(retry, <FailureNote failure={stage.failure} />);
    case 'blocked':
      return frame(
        <Button look="main" onClick={openBlocked} data-autofocus>
          {t('jupyter.openBlocked')}
        </Button>,
        <p className={classes.text}>{t('jupyter.blocked')}</p>,
      );
  }
}
