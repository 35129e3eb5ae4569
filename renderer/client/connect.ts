/** Where the channel comes from: the preload bridge in Electron, a WebSocket on the web host. */
import type { Bridge } from '../../preload/contract/bridge.ts';
import type { Channel, Frame } from '../../preload/contract/wire.ts';
import type { Connector } from './client.ts';

declare global {
  interface Window {
    readonly pilothouse?: Bridge;
  }
}

export function chooseConnector(): Connector {
  const bridge = window.pilothouse;
  return bridge ? connectByBridge(bridge) : connectByWebSocket;
}

function connectByBridge(bridge: Bridge): Connector {
  return ({ connected }) => {
    connected({
      send: (frame) => bridge.send(frame),
      onFrame: (handler) => bridge.onFrame(handler),
      onClose: () => {},
      close: () => {},
    });
  };
}

/** Bound to the port: another port on this name is another application. */
const keyName = () => `pilothouse-key-${location.port}`;

const firstRetryMs = 300;
const longestRetryMs = 5000;

/** The one-time token leaves the address bar before anything else happens. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

const connectByWebSocket: Connector = ({ connected, lost, refused }) => {
  let token = takeToken();
  let retryMs = firstRetryMs;

  const open = () => {
    const key = sessionStorage.getItem(keyName());
    if (!token && !key) {
      refused();
      return;
    }
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/channel`);
    socket.binaryType = 'arraybuffer';
    let welcome = false;
    let wasRefused = false;
    let takeFrame: (frame: Frame) => void = () => {};
    let closed: () => void = () => {};

    socket.onopen = () => socket.send(JSON.stringify(token ? { token } : { key }));
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (welcome) {
        takeFrame(typeof data === 'string' ? data : new Uint8Array(data));
        return;
      }
      const answer = JSON.parse(String(data)) as { key?: string; refused?: true };
      if (answer.refused || !answer.key) {
        wasRefused = true;
        return;
      }
      sessionStorage.setItem(keyName(), answer.key);
      token = undefined;
      welcome = true;
      retryMs = firstRetryMs;
      const channel: Channel = {
        send: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>);
        },
        onFrame: (handler) => {
          takeFrame = handler;
        },
        onClose: (handler) => {
          closed = handler;
        },
        close: () => socket.close(),
      };
      connected(channel);
    };
    socket.onclose = () => {
      closed();
      if (wasRefused) {
        if (token && key) {
          // An old link opened again in a tab that still has its key.
          token = undefined;
          open();
          return;
        }
        sessionStorage.removeItem(keyName());
        refused();
        return;
      }
      if (welcome) lost();
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
  };
  open();
};
