/** What the operator may choose, and how it is kept. */
import { z } from 'zod';
import { languages, terminalThemes, themes } from './constants.ts';
import { call, event, result } from './define.ts';

export const preferencesSchema = z.strictObject({
  theme: z.enum(themes),
  /** `system` follows the browser or the operating system. */
  language: z.enum(['system', ...languages]),
  terminal: z.strictObject({
    fontSizePx: z.int().min(8).max(32),
    scrollbackLines: z.int().min(100).max(50_000),
    copyOnSelect: z.boolean(),
    cursorBlink: z.boolean(),
    screenReader: z.boolean(),
    theme: z.enum(terminalThemes),
    bell: z.enum(['none', 'visual', 'sound']),
    /** Colours too close to their background are moved apart to 4.5 : 1. */
    minimumContrast: z.boolean(),
    /** Terminals that were open are there again after a restart, to be reconnected. */
    reopen: z.boolean(),
    /** With what stood on their screens, which is then kept in files on this machine. */
    keepScreens: z.boolean(),
  }),
});

export type Preferences = z.infer<typeof preferencesSchema>;

const preferencesPatch = preferencesSchema
  .extend({ terminal: preferencesSchema.shape.terminal.partial() })
  .partial();

export type PreferencesPatch = z.infer<typeof preferencesPatch>;

export const settings = {
  read: call(z.strictObject({}), result<Preferences>()),
  /** Answers with the whole after the change. */
  change: call(preferencesPatch, result<Preferences>()),
  changed: event<Preferences>(),
};
