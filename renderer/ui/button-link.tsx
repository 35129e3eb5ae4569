/** A link that looks like the plain button of a row, for what only a browser can follow. */
import type { ReactNode } from 'react';
import classes from './button.module.css';

interface ButtonLinkProps {
  readonly href: string;
  readonly title: string;
  /** Said to a screen reader beside the name. */
  readonly description: string;
  readonly children: ReactNode;
}

export function ButtonLink({ href, title, description, children }: ButtonLinkProps) {
  return (
    <a
      href={href}
      title={title}
      aria-description={description}
      className={classes.button}
      data-look="plain"
      data-size="row"
      data-link
    >
      {children}
    </a>
  );
}
