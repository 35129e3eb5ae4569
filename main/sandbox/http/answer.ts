/** Gives an answer, or gives it wrong in the way a fault asks for. */
import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const jsonAnswer = (value: unknown): Answer => ({
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const textAnswer = (status: number, body: string): Answer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});

export function send(response: ServerResponse, answer: Answer): void {
  const { status, contentType, body, headers } = answer;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

/** Faults that come instead of doing anything; true when one did. */
export function failBefore(response: ServerResponse, fault: Fault | undefined): boolean {
  switch (fault) {
    case 'rate429':
      send(response, {
        ...textAnswer(429, 'Too Many Requests (sandbox fault)\n'),
        headers: { 'retry-after': '1' },
      });
      return true;
    case 'rate5xx':
      send(response, textAnswer(503, 'Service Unavailable (sandbox fault)\n'));
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'hang':
      return true;
    default:
      return false;
  }
}

/** Sends what was done, as the fault lets it through. */
export function sendWith(fault: Fault | undefined, response: ServerResponse, answer: Answer): void {
  switch (fault) {
    case 'lostAnswer':
      response.socket?.resetAndDestroy();
      break;
    case 'doubleAnswer': {
      const { socket } = response;
      response.once('finish', () => socket?.end(rawAnswer(answer)));
      send(response, answer);
      break;
    }
    case 'malformed':
      send(response, malformed(answer));
      break;
    case 'endless':
      sendEndlessly(response, answer);
      break;
    default:
      send(response, answer);
  }
}

function rawAnswer({ status, contentType, body }: Answer): string {
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} OK\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\n\r\n${body}`;
}

/** By turns of the body's length: a page of HTML, half of it, or a shape nobody expects. */
function malformed(answer: Answer): Answer {
  switch (answer.body.length % 3) {
    case 0:
      return {
        ...answer,
        contentType: 'text/html',
        body: '<!doctype html><title>Maintenance</title><h1>502 Bad Gateway</h1>\n',
      };
    case 1:
      return { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
    default:
      return { ...answer, body: '{"code":"0","msg":null,"instances":{},"instance":[]}' };
  }
}

function sendEndlessly(response: ServerResponse, { contentType, body }: Answer): void {
  response.writeHead(200, { 'content-type': contentType });
  response.write(body.slice(0, -1));
  const piece = ' '.repeat(16_384);
  const timer = setInterval(() => {
    if (response.writableNeedDrain) return;
    response.write(piece);
  }, 5);
  response.on('close', () => clearInterval(timer));
}
