/** The product itself: hello, what the host can do, notices for the operator, opening a page outside. */
import { z } from 'zod';
import { call, event, result, stream } from './define.ts';
import type { TextRef } from './errors.ts';

export interface AppInfo {
  readonly product: 'Pilothouse';
  readonly version: string;
  readonly host: 'electron' | 'web';
  /** Node's name of the operating system the core runs on. */
  readonly operatingSystem: string;
  readonly dataDirectory: string;
}

/** Something the operator must know once, such as a damaged file that was kept aside. */
export interface Notice {
  readonly id: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: TextRef;
  readonly at: string;
}

export const app = {
  /** The first call of every page. */
  hello: call(z.strictObject({}), result<AppInfo>()),
  notices: call(z.strictObject({}), result<readonly Notice[]>()),
  dismissNotice: call(z.strictObject({ id: z.string().max(64) }), result<null>()),
  /** Opens a web page in the system's browser, through the one allow-list. Only where the host can; else unsupported. */
  openExternal: call(z.strictObject({ url: z.string().max(2048) }), result<null>()),
  /** While it is open the page holds a text nobody has saved: leaving the application asks first. No bytes travel. */
  holdUnsaved: stream(z.strictObject({}), result<null>()),
  noticesChanged: event<readonly Notice[]>(),
};
