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
            <SpecRow key={spec.name} spec={spec} group={group} {...rest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SpecRowProps extends Omit<HardwareTableProps, 'kind' | 'specs'> {
  readonly spec: HardwareSpec;
  readonly group: string;
}

function SpecRow({ spec, group, chosen, onChoose, ...stock }: SpecRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isOut = isOutOfStock(spec);
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
          <td data-figures>{formats.bytes(gpuMemoryBytes)}</td>
          <td className={classes.model}>
            <PlainText text={cpuModel} soft />
          </td>
        </>
      )}
      <td data-figures>
        <Stock spec={spec} isOut={isOut} {...stock} />
      </td>
      <td data-figures>{formats.count(cpuCount)}</td>
      <td data-figures>{formats.bytes(memoryBytes)}</td>
      <td data-figures>{formats.bytes(diskBytes)}</td>
      <td data-figures>
        <b>{t('perHour', { amount: formats.money(spec.perHour) })}</b>
      </td>
    </tr>
  );
}

interface StockProps extends Pick<HardwareTableProps, 'watched' | 'onTell' | 'onCreateLater'> {
  readonly spec: HardwareSpec;
  readonly isOut: boolean;
}

function Stock({ spec, isOut, watched, onTell, onCreateLater }: StockProps) {
  const { t } = useTranslation('create');
  const formats = useFormats();
  if (spec.stock === undefined)
    return <span title={t('stock.unknownWhy')}>{t('stock.unknown')}</span>;
  if (!isOut) return formats.count(spec.stock);
  return (
    <span className={classes.out}>
      <span>{t('stock.out')}</span>
      {watched(spec) ? (
        <i>{t('stock.watched')}</i>
      ) : (
        <>
          <Button size="row" title={t('stock.tellWhat')} onClick={() => onTell(spec)}>
            {t('stock.tell')}
          </Button>
          <Button size="row" title={t('stock.createWhat')} onClick={() => onCreateLater(spec)}>
            {t('stock.create')}
          </Button>
        </>
      )}
    </span>
  );
}
