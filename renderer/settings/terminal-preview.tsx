/** A few lines of a terminal in the colours and the size just chosen. */
import { useComputedColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '../../preload/contract/settings.ts';
import { themeOf } from '../terminal/terminal-theme.ts';
import classes from './terminal-preview.module.css';

const colours = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

interface TerminalPreviewProps {
  readonly preferences: Pick<Preferences['terminal'], 'theme' | 'fontSizePx'>;
}

export function TerminalPreview({ preferences }: TerminalPreviewProps) {
  const { t } = useTranslation('settings');
  const theme = themeOf(preferences.theme, useComputedColorScheme('dark'));
  const { background, foreground } = theme;
  return (
    <pre
      className={classes.preview}
      role="img"
      aria-label={t('terminal.preview')}
      style={{ background, color: foreground, fontSize: preferences.fontSizePx }}
    >
      <span style={{ color: theme.green }}>ubuntu@box</span>:
      <span style={{ color: theme.blue }}>~/train</span>$ python train.py{'\n'}
      epoch 7/90 <span style={{ color: theme.cyan }}>━━━━━━━━━</span>
      <span style={{ color: theme.brightBlack }}>━━━━</span> loss{' '}
      <span style={{ color: theme.yellow }}>0.3127</span> ✓{'\n'}
      <span style={{ color: theme.red }}>CUDA out of memory</span>{' '}
      <span style={{ background: theme.selectionBackground, color: theme.selectionForeground }}>
        selected
      </span>{' '}
      {colours.map((colour) => (
        <span key={colour} style={{ color: theme[colour] }}>
          ██
        </span>
      ))}
    </pre>
  );
}
