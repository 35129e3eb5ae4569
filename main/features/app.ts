/** Calls on the product itself. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { Notices } from '../core/notices.ts';
import type { Handlers } from '../core/router.ts';
import type { Platform } from '../platform/platform.ts';

export function appHandlers(
  platform: Platform,
  notices: Notices,
): Pick<Handlers, 'app.hello' | 'app.notices' | 'app.dismissNotice' | 'app.openExternal'> {
  return {
    'app.hello': () => ({
      product: 'Pilothouse',
      version: platform.version,
      host: platform.host,
      operatingSystem: process.platform,
      dataDirectory: platform.dataDirectory,
    }),
    'app.notices': () => notices.list(),
    'app.dismissNotice': ({ id }) => {
      notices.dismiss(id);
      return null;
    },
    'app.openExternal': async ({ url }) => {
      if (!platform.openExternal) {
        throw new CloudError('unsupported', 'the page opens addresses itself on this host');
      }
      await platform.openExternal(url);
      return null;
    },
  };
}
