/** What stands in one cell of a row. */
import type { StateKind } from '../../preload/contract/constants.ts';
import type { Instance } from '../../preload/contract/instances.ts';
import { Button } from '../ui/button.tsx';
import { FilesIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import { useCellTools } from './cell-tools.ts';
import type { ColumnId } from './columns.ts';
import { CostAmount } from './cost-amount.tsx';
import classes from './instance-cell.module.css';
import { InstanceState } from './instance-state.tsx';
import { LoadBar } from './load-bar.tsx';
import { OfferButtons } from './offer-buttons.tsx';
import { addressOf, gpuModel, type Row } from './rows.ts';
import { inlineOffers } from './use-offers.ts';

export function InstanceCell({ row, column }: { readonly row: Row; readonly column: ColumnId }) {
  const { instance } = row;
  const { word } = useCellTools();
  switch (column) {
    case 'name':
      return <PlainText text={instance.name} />;
    case 'state':
      return <InstanceState state={instance.state} word={word} />;
    case 'id':
      return <PlainText text={instance.id} mono />;
    case 'account':
      return <PlainText text={row.accountName} />;
    case 'gpu':
      return instance.gpu ? <Gpu name={instance.gpu} /> : <Nothing />;
    case 'region':
      return instance.region ? <PlainText text={instance.region} /> : <Nothing />;
    case 'load':
      return instance.load && !cannotBeEntered.includes(instance.state.kind) ? (
        <LoadBar load={instance.load} />
      ) : (
        <Nothing />
      );
    case 'cost':
      return <CostAmount instance={instance} />;
    case 'tags':
      return <Tags tags={instance.tags} />;
    case 'address':
      return instance.ssh ? <PlainText text={addressOf(instance)} mono /> : <Nothing />;
    case 'action':
      return <RowActions instance={instance} />;
  }
}

const longestTitle = 400;

const Gpu = ({ name }: { readonly name: string }) => (
  <span className={classes.gpu} title={plainly(name, longestTitle)}>
    {plainly(gpuModel(name), longestTitle)}
  </span>
);

const Nothing = () => <span className={classes.nothing}>–</span>;

/** The first tag, and how many more there are: all of them by name in the detail of a pointer. */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  const formats = useFormats();
  const [first] = tags;
  if (first === undefined) return null;
  return (
    <span className={classes.tags} title={plainly(formats.list(tags), longestTitle)}>
      <span className={classes.tag}>
        <PlainText text={first} />
      </span>
      {tags.length > 1 && <span className={classes.more}>+{tags.length - 1}</span>}
    </span>
  );
}

const cannotBeEntered: readonly StateKind[] = ['snapshotting', 'releasing', 'released'];

function RowActions({ instance }: { readonly instance: Instance }) {
  const { t, offers, offerTools, openTerminal, openFiles, openSessions } = useCellTools();
  const offered = offers.ofInstance(instance);
  const canBeEntered = instance.ssh !== undefined && !cannotBeEntered.includes(instance.state.kind);
  const sessions = { label: t('terminal:sessions.item'), run: () => openSessions(instance.key) };
  return (
    <>
      {canBeEntered && (
        <>
          <Button size="row" onClick={(press) => openTerminal(instance.key, press)}>
            {t('instances:terminal')}
          </Button>
          <Button
            size="row"
            square
            aria-label={t('files:title')}
            onClick={() => openFiles(instance.key)}
          >
            <FilesIcon size={14} />
          </Button>
        </>
      )}
      <OfferButtons
        offers={offered}
        instance={instance}
        tools={offerTools}
        size="row"
        inline={inlineOffers(offered)}
        {...(canBeEntered && { also: [sessions] })}
      />
    </>
  );
}
