/** A block of the detail with its title and tools, and a labelled line in it. */
import type { ReactNode } from 'react';
import classes from './detail-block.module.css';

interface BlockProps {
  readonly title: string;
  readonly note?: string;
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}

export function Block({ title, note, tools, children }: BlockProps) {
  return (
    <section className={classes.block}>
      <header className={classes.head}>
        <h3>{title}</h3>
        {note && <span className={classes.note}>{note}</span>}
        <span className={classes.tools}>{tools}</span>
      </header>
      {children}
    </section>
  );
}

interface LineProps {
  readonly label: string;
  readonly children: ReactNode;
}

export function Line({ label, children }: LineProps) {
  return (
    <div className={classes.line}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{children}</span>
    </div>
  );
}
