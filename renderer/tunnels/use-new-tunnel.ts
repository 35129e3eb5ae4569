/** A new tunnel from its first words to the moment it listens; what is wrong is said once opening was tried. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import type { UnavailablePort } from './tunnel-desk.ts';
import {
  type DraftField,
  type DraftProblem,
  draftProblems,
  emptyDraft,
  openingOf,
  type TunnelDraft,
} from './tunnel-draft.ts';
import { addressOf } from './tunnel-route.ts';

export interface NewTunnel {
  readonly draft: TunnelDraft;
  readonly instanceName: string;
  /** Empty until opening was tried. */
  readonly problems: Partial<Record<DraftField, DraftProblem>>;
  readonly unavailable: UnavailablePort | undefined;
  readonly failure: CloudError | undefined;
  readonly busy: boolean;
  change(change: Partial<TunnelDraft>): void;
  /** @param offered the port to take in place of the typed one */
  open(offered: number | undefined): Promise<void>;
}

export function useNewTunnel(instance: string | undefined, onOpened: () => void): NewTunnel {
  const { t } = useTranslation('tunnels');
  const client = useClient();
  const { instances } = useStores();
  const say = useView().useToasts((toasts) => toasts.say);
  const [draft, setDraft] = useState(() =>
    emptyDraft(instance ?? onlyChoice(instances.getState())),
  );
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const [unavailable, setUnavailable] = useState<UnavailablePort>();
  const problems = draftProblems(draft);
  const instanceName = instances(({ byKey }) => byKey.get(draft.instance)?.name ?? draft.instance);

  return {
    draft,
    instanceName,
    problems: tried ? problems : {},
    unavailable,
    failure,
    busy,
    change(change) {
      setDraft((current) => ({ ...current, ...change }));
      setUnavailable(undefined);
      setFailure(undefined);
    },
    async open(offered) {
      setTried(true);
      if (busy || Object.keys(problems).length > 0) return;
      setBusy(true);
      setFailure(undefined);
      setUnavailable(undefined);
      try {
        const outcome = await client.call('tunnels.open', openingOf(draft, offered));
        if (outcome.kind === 'port-unavailable') {
          setUnavailable(outcome);
          return;
        }
        const { tunnel } = outcome;
        const address = addressOf(tunnel);
        say({
          kind: 'done',
          text: t(`create.done.${tunnel.kind}`, { address, name: instanceName }),
        });
        onOpened();
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        setFailure(error);
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Where there is but one instance to enter, nobody need choose it. */
function onlyChoice({
  items,
}: {
  readonly items: readonly { key: string; ssh?: unknown }[];
}): string {
  const enterable = items.filter(({ ssh }) => ssh !== undefined);
  return enterable.length === 1 ? (enterable[0]?.key ?? '') : '';
}
