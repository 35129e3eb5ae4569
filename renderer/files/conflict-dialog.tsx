/** Something of that name is there already: asked once, for one file or for all of them. */
import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { ConflictChoice, Transfer } from '../../preload/contract/files.ts';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useAnyDialogOpen } from '../ui/dialog-stack.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './conflict-dialog.module.css';

type Conflict = NonNullable<Transfer['conflict']>;

/**
 * The oldest question that was not put off. It comes up beside the files only, and over no other dialog:
 * whoever types elsewhere must not answer it by a key that was meant for something else.
 */
export function ConflictDialog() {
  const isHere = useView().useNavigation(({ page }) => page === 'files');
  const isOtherOpen = useAnyDialogOpen();
  const [shown, setShown] = useState<string>();
  const postponed = useView().useFilesView((view) => view.postponed);
  const postpone = useView().useFilesView((view) => view.postpone);
  const transfer = useStores().transfers(({ items }) =>
    items.find(({ id, state, conflict }) => state === 'conflict' && conflict && !postponed.has(id)),
  );
  const question = transfer?.conflict && `${transfer.id} ${transfer.conflict.path}`;
  useEffect(() => {
    if (isHere && !isOtherOpen && question !== shown) setShown(question);
  }, [isHere, isOtherOpen, question, shown]);
  if (!transfer?.conflict || question !== shown) return null;
  return (
    <Question
      key={question}
      transfer={transfer}
      conflict={transfer.conflict}
      onLater={() => postpone(transfer.id, true)}
    />
  );
}

interface QuestionProps {
  readonly transfer: Transfer;
  readonly conflict: Conflict;
  readonly onLater: () => void;
}

function Question({ transfer, conflict, onLater }: QuestionProps) {
  const { t } = useTranslation('files');
  const client = useClient();
  const [forAll, setForAll] = useState(false);
  const [chosen, setChosen] = useState<ConflictChoice>();
  const [failure, setFailure] = useState<CloudError>();
  const { path, there, ours, choices, remaining } = conflict;
  const isUpload = transfer.direction === 'upload';
  /** Of a directory, a link or a device neither its size nor its replacement is offered. */
  const isFile = choices.includes('overwrite');

  const resolve = async (choice: ConflictChoice) => {
    setChosen(choice);
    setFailure(undefined);
    try {
      await client.call('files.resolve', { transfer: transfer.id, path, choice, forAll });
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
      setChosen(undefined);
    }
  };

  return (
    <Dialog
      title={t(isFile ? 'conflict.title' : 'conflict.otherTitle')}
      subtitle={<PlainText text={path} mono />}
      onClose={onLater}
      widthPx={560}
      footer={
        <>
          <Button look="quiet" data-autofocus onClick={onLater}>
            {t('conflict.later')}
          </Button>
          <span className={classes.room} />
          {choices.map((choice) => (
            <Button
              key={choice}
              look={choice === 'overwrite' ? 'danger' : 'plain'}
              busy={chosen === choice}
              disabled={chosen !== undefined}
              onClick={({ detail }) => {
                // The next file's question stands in the same place: a double click's second press is no answer to it.
                if (detail < 2) void resolve(choice);
              }}
            >
              {t(`conflict.${choice}`)}
            </Button>
          ))}
        </>
      }
    >
      <p>
        {isFile
          ? t(isUpload ? 'conflict.upload' : 'conflict.download', {
              instance: transfer.instanceName,
            })
          : t('conflict.other')}
      </p>
      <div className={classes.versions}>
        <Version
          title={t('conflict.there', { instance: isUpload ? transfer.instanceName : t('here') })}
          version={there}
          other={ours}
          isFile={isFile}
        />
        <Version title={t('conflict.ours')} version={ours} other={there} isFile={isFile} />
      </div>
      {choices.includes('resume') && <p className={classes.hint}>{t('conflict.resumeHint')}</p>}
      {remaining > 1 && (
        <Checkbox
          size="xs"
          label={t('conflict.forAll', { count: remaining - 1 })}
          checked={forAll}
          onChange={({ currentTarget }) => setForAll(currentTarget.checked)}
        />
      )}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

interface VersionProps {
  readonly title: string;
  readonly version: Conflict['there'];
  readonly other: Conflict['there'];
  /** Both are: then their sizes can be compared. */
  readonly isFile: boolean;
}

function Version({ title, version, other, isFile }: VersionProps) {
  const { t } = useTranslation('files');
  const formats = useFormats();
  const isNewer = Date.parse(version.modifiedAt) > Date.parse(other.modifiedAt);
  const isLarger = version.size > other.size;
  return (
    <dl className={classes.version}>
      <dt>{title}</dt>
      {isFile && (
        <dd>
          {formats.bytes(version.size)}
          {isLarger && <em>{t('conflict.larger')}</em>}
        </dd>
      )}
      <dd>
        <time dateTime={version.modifiedAt}>{formats.dateTime(version.modifiedAt)}</time>
        {isNewer && <em>{t('conflict.newer')}</em>}
      </dd>
    </dl>
  );
}
