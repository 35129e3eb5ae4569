/** A command exactly as it would be run: nothing cut, and a sign for every character that would not be seen. */
import { previewParts } from '../terminal/sanitise-paste.ts';
import classes from './verbatim-text.module.css';

interface VerbatimTextProps {
  readonly text: string;
  /** What the text is, for those who do not see the box. */
  readonly label: string;
}

export function VerbatimText({ text, label }: VerbatimTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long command is scrolled by keyboard
    <section className={classes.text} tabIndex={0} aria-label={label}>
      {previewParts(text).map((part, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        part.sign ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
      )}
    </section>
  );
}
