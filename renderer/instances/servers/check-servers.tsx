/** Looks whether the new servers answer, a few at a time; a question about a host key comes as a prompt of its own. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError, type TextRef } from '../../../preload/contract/errors.ts';
import { useStores } from '../../client/context.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { type Mood, StateDot } from '../../ui/state-dot.tsx';
import { useTextRef } from '../../ui/texts.ts';
import type { ActionStart } from '../action-flow.ts';
import { useOffers } from '../use-offers.ts';
import { useRunAction } from '../use-run-action.ts';
import classes from './check-servers.module.css';

type Check =
  | { readonly kind: 'waiting' | 'checking' }
  | { readonly kind: 'passed'; readonly facts: readonly TextRef[] }
  | { readonly kind: 'failed'; readonly error: CloudError };

const checkAction = 'check-server';
const atOnce = 4;
const mostShown = 200;

const moods: Readonly<Record<Check['kind'], Mood>> = {
  waiting: 'idle',
  checking: 'busy',
  passed: 'good',
  failed: 'bad',
};

interface CheckServersProps {
  readonly start: ActionStart;
  readonly created: readonly string[];
}

export function CheckServers({ start, created }: CheckServersProps) {
  const { t } = useTranslation('instances');
  const checks = useChecks(start, created);
  const ended = created.filter((key) => {
    const kind = checks.get(key)?.kind;
    return kind === 'passed' || kind === 'failed';
  }).length;
  return (
    <>
      <p role="status">{t('check.progress', { ended, count: created.length })}</p>
      <progress
        className={classes.progress}
        value={ended}
        max={created.length}
        aria-label={t('add.step.check')}
      />
      <ul className={classes.list}>
        {created.slice(0, mostShown).map((key) => (
          <CheckLine key={key} instanceKey={key} check={checks.get(key) ?? { kind: 'waiting' }} />
        ))}
      </ul>
    </>
  );
}

/** Goes on when the dialog is closed: what was begun is finished. */
function useChecks(start: ActionStart, created: readonly string[]): ReadonlyMap<string, Check> {
  const stores = useStores();
  const offers = useOffers();
  const runAction = useRunAction();
  const [checks, setChecks] = useState<ReadonlyMap<string, Check>>(new Map());
  const begun = useRef(false);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const report = (key: string, check: Check) =>
      setChecks((former) => new Map(former).set(key, check));
    const checkOne = async (key: string) => {
      const instance = await waitFor(() => stores.instances.getState().byKey.get(key));
      const offer =
        instance && offers.ofInstance(instance).find((one) => one.description.id === checkAction);
      if (!instance || !offer) return report(key, { kind: 'passed', facts: [] });
      report(key, { kind: 'checking' });
      try {
        const outcome = await runAction({ ...offer, account: start.account, instance }, {});
        report(key, { kind: 'passed', facts: outcome.facts });
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        report(key, { kind: 'failed', error });
      }
    };
    const waiting = [...created];
    const work = async () => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) await checkOne(key);
    };
    for (let worker = 0; worker < atOnce; worker += 1) void work();
  }, [created, offers, runAction, start, stores]);
  return checks;
}

const patienceMs = 5000;
const lookAgainMs = 50;

/** The answer to an action may come before the list has heard of what it made. */
async function waitFor<Value>(look: () => Value | undefined): Promise<Value | undefined> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookAgainMs) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  return look();
}

function CheckLine({
  instanceKey,
  check,
}: {
  readonly instanceKey: string;
  readonly check: Check;
}) {
  const { t } = useTranslation('instances');
  const word = useTextRef();
  const failureText = useFailureText();
  const found = check.kind === 'passed' ? check.facts.map((fact) => word('facts', fact)) : [];
  const verdict = check.kind === 'failed' ? failureText(check.error) : t(`check.${check.kind}`);
  const said = found.length > 0 ? found : [verdict];
  const name = useStores().instances(({ byKey }) => byKey.get(instanceKey)?.name) ?? instanceKey;
  return (
    <li className={classes.line}>
      <StateDot mood={moods[check.kind]} />
      <PlainText text={name} strong />
      <span className={classes.said}>
        {said.map((line) => (
          <span key={line} className={classes.fact}>
            {line}
          </span>
        ))}
      </span>
    </li>
  );
}
