/** Tells a terminal's own answers to queries from what a person types. */

/**
 * Device attributes, device status and cursor position, mode reports, window reports, and answers inside
 * DCS or OSC. When kept output is drawn again after a reload, its old queries are answered again; the
 * program that asked is long gone and the answer would be typed into the shell.
 */
export function isTerminalReport(data: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: reports are made of control characters
  return /^(?:\u001b\[[?>=]?[\d;]*(?:[cntR]|\$y)|\u001b[P\]][^\u001b\u0007]*(?:\u001b\\|\u0007))+$/.test(
    data,
  );
}
