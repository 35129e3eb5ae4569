/** A session's permission handlers, to be asked as Chromium asks them; without one everything is granted, as in Electron. */

type RequestHandler = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;

export interface FakeSession {
  requests(permission: string, address: string): Promise<boolean>;
  checks(permission: string, origin: string): boolean;
  allowsDevice(): boolean;
}

export function createFakeSession(): FakeSession {
  let request: RequestHandler = (_contents, _permission, callback) => callback(true);
  let check: CheckHandler = () => true;
  let device = () => true;
  return Object.assign(
    {
      requests: (permission: string, requestingUrl: string) =>
        new Promise<boolean>((resolve) => {
          request({}, permission, resolve, { requestingUrl, isMainFrame: true });
        }),
      checks: (permission: string, origin: string) => check({}, permission, origin),
      allowsDevice: () => device(),
    },
    {
      setPermissionRequestHandler: (handler: RequestHandler) => {
        request = handler;
      },
      setPermissionCheckHandler: (handler: CheckHandler) => {
        check = handler;
      },
      setDevicePermissionHandler: (handler: () => boolean) => {
        device = handler;
      },
    },
  );
}
