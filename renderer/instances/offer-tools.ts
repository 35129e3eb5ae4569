/** What buttons of actions need, made once for many of them. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextRef } from '../../preload/contract/errors.ts';
import { useTextRef } from '../ui/texts.ts';
import type { ActionStart } from './action-flow.ts';
import { useActionLabel } from './use-action-label.ts';
import { useStartAction } from './use-start-action.ts';

export interface OfferTools {
  readonly moreLabel: string;
  readonly label: (action: string) => string;
  readonly reason: (rule: TextRef | undefined) => string | undefined;
  readonly start: (action: ActionStart) => void;
}

export function useOfferTools(): OfferTools {
  const { t } = useTranslation('instances');
  const word = useTextRef();
  const label = useActionLabel();
  const start = useStartAction();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others are new at every render and change with `t`
  return useMemo(
    () => ({
      moreLabel: t('moreActions'),
      label,
      reason: (rule) => rule && word('rules', rule),
      start,
    }),
    [t],
  );
}
