/** A titled section of the settings, and a labelled line in it. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, tools, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {tools}
      </header>
      <div className={classes.card}>{children}</div>
    </section>
  );
}

interface SettingProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}

export function Setting({ label, hint, children }: SettingProps) {
  return (
    <div className={classes.setting}>
      <div className={classes.words}>
        <div>{label}</div>
        {hint && <div className={classes.hint}>{hint}</div>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
