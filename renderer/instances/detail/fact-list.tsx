/** Facts of an instance, one labelled line each; a time among them reads as one. */
import { useTranslation } from 'react-i18next';
import type { Fact } from '../../../preload/contract/instances.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFormats, useWord } from '../../ui/texts.ts';
import { Line } from './detail-block.tsx';
import classes from './fact-list.module.css';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useTranslation('instances');
  const word = useWord();
  const formats = useFormats();
  if (facts.length === 0) return <p className={classes.none}>{t('noFacts')}</p>;
  return (
    <div className={classes.facts}>
      {facts.map(({ label, value }) => (
        <Line key={`${label} ${value}`} label={word(`facts:${label}`, label)}>
          <PlainText
            text={
              instant.test(value) ? formats.dateTime(value) : word(`facts:${label}-${value}`, value)
            }
          />
        </Line>
      ))}
    </div>
  );
}
