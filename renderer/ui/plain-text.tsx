/** Text somebody else wrote: one line, cut with an ellipsis, its direction kept to itself, its full length only in a capped title. */
import { disguise } from '../../preload/contract/constants.ts';
import classes from './plain-text.module.css';

const longestShown = 400;
const longestTitle = 300;

const disguisesInText = new RegExp(disguise, 'gu');

/** What is invisible or turns text round as a visible mark; cut without splitting a character. */
export function plainly(text: string, longest: number): string {
  const cut =
    text.length > longest ? `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return cut.replace(disguisesInText, '\u00b7');
}

interface PlainTextProps {
  readonly text: string;
  readonly mono?: boolean;
  readonly strong?: boolean;
  readonly soft?: boolean;
}

export function PlainText({ text, mono = false, strong = false, soft = false }: PlainTextProps) {
  return (
    <span
      className={classes.text}
      data-mono={mono || undefined}
      data-strong={strong || undefined}
      data-soft={soft || undefined}
      title={plainly(text, longestTitle)}
    >
      {plainly(text, longestShown)}
    </span>
  );
}
