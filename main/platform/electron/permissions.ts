/** What a page may ask the browser for: nothing, but to put text on the clipboard. */
import type { Session } from 'electron';
import { isOwnAddress } from './page-address.ts';

/** Writing after the operator clicked. Reading is the paste event's, which needs no permission. */
const allowedPermission = 'clipboard-sanitized-write';

const isAllowed = (permission: string, address: string) =>
  permission === allowedPermission && isOwnAddress(address);

/** Electron's own default is to allow everything. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isAllowed(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
}
