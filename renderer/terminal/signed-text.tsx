/** Text from elsewhere before it is used: as it is, with a sign for every character that would not be seen. */
import { previewParts } from './sanitise-paste.ts';
import classes from './signed-text.module.css';

const longestShown = 3000;

interface SignedTextProps {
  readonly text: string;
  /** What the text is, for those who do not see the box. */
  readonly label: string;
  /** However long it is. */
  readonly whole?: boolean;
}

export function SignedText({ text, label, whole = false }: SignedTextProps) {
  const cut = whole ? text : text.slice(0, longestShown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard
    <section className={classes.text} tabIndex={0} aria-label={label}>
      {previewParts(cut).map(({ text: part, sign }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        sign ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
      )}
      {cut.length < text.length && '…'}
    </section>
  );
}
