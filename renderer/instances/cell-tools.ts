/** What the cells of the table need, made once for all of them: a row must be cheap to draw. */
import type { TFunction } from 'i18next';
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenFiles } from '../files/use-open-files.ts';
import { useTerminalPool } from '../terminal/terminal-pool-context.tsx';
import { useOpenTerminal } from '../terminal/use-open-terminal.ts';
import type { Formats } from '../ui/format.ts';
import { useFormats, useWord } from '../ui/texts.ts';
import { type OfferTools, useOfferTools } from './offer-tools.ts';
import { type Offers, useOffers } from './use-offers.ts';

export interface CellTools {
  readonly t: TFunction;
  readonly word: (key: string, otherwise: string) => string;
  readonly formats: Formats;
  readonly offers: Offers;
  readonly offerTools: OfferTools;
  readonly openTerminal: ReturnType<typeof useOpenTerminal>;
  readonly openFiles: (instanceKey: string) => void;
  readonly openSessions: (instanceKey: string) => void;
}

export const CellToolsContext = createContext<CellTools | undefined>(undefined);

/** For the table: changes only with the language, the formats or what is offered. */
export function useMakeCellTools(): CellTools {
  const { t } = useTranslation('instances');
  const word = useWord();
  const formats = useFormats();
  const offers = useOffers();
  const offerTools = useOfferTools();
  const openTerminal = useOpenTerminal();
  const openFiles = useOpenFiles();
  const { dock } = useTerminalPool();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `word` is new at every render and changes with `t`
  return useMemo(
    () => ({
      t,
      word,
      formats,
      offers,
      offerTools,
      openTerminal,
      openFiles,
      openSessions: (sessionsOf) => dock.setState({ sessionsOf }),
    }),
    [t, formats, offers, offerTools, openTerminal, openFiles, dock],
  );
}

export function useCellTools(): CellTools {
  const tools = useContext(CellToolsContext);
  if (!tools) throw new Error('no CellToolsContext above this component');
  return tools;
}
