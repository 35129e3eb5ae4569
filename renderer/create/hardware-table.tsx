/** The hardware of one kind in one region, with stock and price; what is out of stock cannot be chosen and says so. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HardwareSpec } from '../../preload/contract/catalogue.ts';
import { Button } from '../ui/button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import { isOutOfStock } from './create-draft.ts';
import classes from './hardware-table.module.css';

interface HardwareTableProps {
  readonly kind: HardwareSpec['kind'];
  readonly specs: readonly HardwareSpec[];
  /** Name of the chosen one. */
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  readonly watched: (spec: HardwareSpec) => boolean;
  readonly onTell: (spec: HardwareSpec) => void;
  readonly onCreateLater: (spec: HardwareSpec) => void;
}

const cpuColumns = ['cpu', 'stock', 'vcpus', 'memory', 'storage', 'price'] as const;
const gpuColumns = ['gpus', 'gpuMemory', ...cpuColumns] as const;
const figures: readonly string[] = ['gpuMemory', 'stock', 'vcpus', 'memory', 'storage', 'price'];

export function HardwareTable({ kind, specs, ...rest }: HardwareTableProps) {
  const { t } = useTranslation('create');
  const group = useId();
  const columns = kind === 'gpu' ? gpuColumns : cpuColumns;
  if (specs.length === 0) return <p>{t('hardware.none')}</p>;
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('hardware.title')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-figures={figures.includes(column) || undefined}>
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {specs.map((spec) => (
            <SpecRows
              key={spec.name}
              spec={spec}
              group={group}
              columns={columns.length}
              {...rest}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SpecRowsProps extends Omit<HardwareTableProps, 'kind' | 'specs'> {
  readonly spec: HardwareSpec;
  readonly group: string;
  readonly columns: number;
}

function SpecRows({ columns, ...row }: SpecRowsProps) {
  const { spec, watched, onTell, onCreateLater } = row;
  const isOut = isOutOfStock(spec);
  return (
    <>
      <SpecRow {...row} isOut={isOut} />
      {isOut && (
        <tr data-out data-wait>
          <td colSpan={columns}>
            <WaitForStock
              isWatched={watched(spec)}
              onTell={() => onTell(spec)}
              onCreateLater={() => onCreateLater(spec)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

interface SpecRowProps extends Pick<SpecRowsProps, 'spec' | 'group' | 'chosen' | 'onChoose'> {
  readonly isOut: boolean;
}

function SpecRow({ spec, group, chosen, onChoose, isOut }: SpecRowProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  const { gpuCount, gpuMemoryBytes, cpuModel, cpuCount, memoryBytes, diskBytes } = spec;
  return (
    <tr data-out={isOut || undefined} data-chosen={spec.name === chosen || undefined}>
      <td className={classes.name}>
        <label>
          <input
            type="radio"
            name={group}
            disabled={isOut}
            checked={spec.name === chosen}
            onChange={() => onChoose(spec.name)}
          />
          <PlainText text={spec.name} strong />
          {gpuCount > 1 && <span>×{gpuCount}</span>}
        </label>
      </td>
      {spec.kind === 'gpu' && (
        <>
          <td data-figures>{formats.binaryBytes(gpuMemoryBytes)}</td>
          <td className={classes.model}>
            <PlainText text={cpuModel} soft />
          </td>
        </>
      )}
      <td data-figures>
        <Stock spec={spec} />
      </td>
      <td data-figures>{formats.count(cpuCount)}</td>
      <td data-figures>{formats.binaryBytes(memoryBytes)}</td>
      <td data-figures>{formats.binaryBytes(diskBytes)}</td>
      <td data-figures>
        <b>{t('common:perHour', { amount: formats.money(spec.perHour) })}</b>
      </td>
    </tr>
  );
}

function Stock({ spec }: { readonly spec: HardwareSpec }) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  if (spec.stock === undefined) {
    return <span title={t('stock.unknownWhy')}>{t('stock.unknown')}</span>;
  }
  return isOutOfStock(spec) ? (
    <span className={classes.out}>{t('stock.out')}</span>
  ) : (
    formats.count(spec.stock)
  );
}

interface WaitForStockProps {
  readonly isWatched: boolean;
  readonly onTell: () => void;
  readonly onCreateLater: () => void;
}

function WaitForStock({ isWatched, onTell, onCreateLater }: WaitForStockProps) {
  const { t } = useTranslation('create');
  if (isWatched) return <p>{t('stock.watched')}</p>;
  return (
    <span className={classes.wait}>
      <Button size="row" onClick={onTell}>
        {t('stock.tell')}
      </Button>
      <Button size="row" onClick={onCreateLater}>
        {t('stock.create')}
      </Button>
    </span>
  );
}
