/** How terminals look and behave. */
import { NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { Section, Setting } from './section.tsx';
import { BellSetting, ThemeSetting } from './terminal-choices.tsx';
import { TerminalPreview } from './terminal-preview.tsx';
import { useChangePreferences } from './use-change.ts';

/** The limits of the contract's schema, which the page does not carry. */
const limits = {
  fontSizePx: { min: 8, max: 32, step: 1 },
  scrollbackLines: { min: 100, max: 50_000, step: 1000 },
} as const;
const switches = [
  'minimumContrast',
  'copyOnSelect',
  'cursorBlink',
  'screenReader',
  'reopen',
  'keepScreens',
] as const;

export function TerminalSection() {
  const { t } = useTranslation('settings');
  const { usePreferences } = useView();
  const terminal = usePreferences((state) => state.preferences?.terminal);
  return (
    <Section title={t('terminal.title')}>
      <Setting label={t('terminal.theme')} hint={t('terminal.themeHint')}>
        {terminal && <ThemeSetting value={terminal.theme} />}
      </Setting>
      {terminal && <TerminalPreview preferences={terminal} />}
      {(['fontSizePx', 'scrollbackLines'] as const).map((name) => (
        <Setting
          key={name}
          label={t(`terminal.${name}`)}
          hint={t(`terminal.${name}Hint`, limits[name])}
        >
          {terminal && <NumberSetting key={terminal[name]} name={name} value={terminal[name]} />}
        </Setting>
      ))}
      <Setting label={t('terminal.bell')} hint={t('terminal.bellHint')}>
        {terminal && <BellSetting value={terminal.bell} />}
      </Setting>
      {switches.map((name) => (
        <Setting key={name} label={t(`terminal.${name}`)} hint={t(`terminal.${name}Hint`)}>
          {terminal && (
            <SwitchSetting
              name={name}
              on={terminal[name]}
              off={name === 'keepScreens' && !terminal.reopen}
            />
          )}
        </Setting>
      ))}
    </Section>
  );
}

interface NumberSettingProps {
  readonly name: keyof typeof limits;
  readonly value: number;
}

/** Kept when the field is left or Enter is pressed, not while half a number stands there. */
function NumberSetting({ name, value }: NumberSettingProps) {
  const { t } = useTranslation('settings');
  const change = useChangePreferences();
  const { min, max, step } = limits[name];
  const keep = (text: string) => {
    const next = Math.round(Number(text));
    if (!Number.isFinite(next) || text === '') return;
    const within = Math.max(min, Math.min(max, next));
    if (within !== value) change({ terminal: { [name]: within } });
  };
  return (
    <NumberInput
      size="xs"
      w={96}
      aria-label={t(`terminal.${name}`)}
      defaultValue={value}
      min={min}
      max={max}
      step={step}
      clampBehavior="blur"
      allowDecimal={false}
      onBlur={({ currentTarget }) => keep(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep(event.currentTarget.value);
      }}
    />
  );
}

interface SwitchSettingProps {
  readonly name: (typeof switches)[number];
  readonly on: boolean;
  /** It means nothing while another preference is off. */
  readonly off: boolean;
}

function SwitchSetting({ name, on, off }: SwitchSettingProps) {
  const { t } = useTranslation('settings');
  const change = useChangePreferences();
  return (
    <Switch
      size="sm"
      aria-label={t(`terminal.${name}`)}
      checked={on && !off}
      disabled={off}
      onChange={({ currentTarget }) => change({ terminal: { [name]: currentTarget.checked } })}
    />
  );
}
