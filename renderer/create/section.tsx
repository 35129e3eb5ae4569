/** A titled part of the wizard, and what each part is given. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { Account } from '../../preload/contract/accounts.ts';
import type { NameRules } from '../instances/name-rules.ts';
import type { CreateDraft } from './create-draft.ts';
import type { CreateProblems } from './create-problems.ts';
import classes from './create-wizard.module.css';
import type { Catalogue } from './use-catalogue.ts';

export interface SectionProps {
  readonly account: Account;
  readonly catalogue: Catalogue;
  readonly draft: CreateDraft;
  readonly problems: CreateProblems;
  readonly names: NameRules;
  /** Whether checkout was pressed: problems are shown from then on. */
  readonly tried: boolean;
  readonly onChange: (part: Partial<CreateDraft>) => void;
}

interface CreateSectionProps {
  readonly title: string;
  /** Beside the title. */
  readonly tools?: ReactNode;
  readonly error?: ReactNode;
  readonly children: ReactNode;
}

export function CreateSection({ title, tools, error, children }: CreateSectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} data-wrong={error ? true : undefined}>
      <header>
        <h3 id={id}>{title}</h3>
        {tools}
      </header>
      {children}
      {error && (
        <p className={classes.problem} role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
