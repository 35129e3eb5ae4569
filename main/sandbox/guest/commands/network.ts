/** What can be seen of the network from within: the guest's own ports and no others. */
import { type CommandCall, type GuestCommand, note } from './command.ts';
import { columns, readOptions } from './options.ts';

const absent: GuestCommand = {
  names: 'git ssh scp rsync nc telnet docker conda npm node gcc make'.split(' '),
  async run(call) {
    await call.error(
      `${call.name}: not in the sandbox: this machine is ${note}, without a network\n`,
    );
    return 1;
  },
};

const interfaces: GuestCommand = {
  names: ['ip', 'ifconfig'],
  async run(call) {
    await call.out(
      '1: lo: <LOOPBACK,UP>\n    inet 127.0.0.1/8 scope host lo\n2: eth0: <UP> (simulated, without a network)\n    inet 10.42.0.2/16 scope global eth0\n',
    );
    return 0;
  },
};

const sockets: GuestCommand = {
  names: ['ss', 'netstat'],
  async run(call) {
    const listening = await call.host.ports();
    const rows = listening.map(({ port, process }) => ['LISTEN', `0.0.0.0:${port}`, process]);
    const all = [['LISTEN', '0.0.0.0:22', 'sshd'], ...rows];
    await call.out(columns([['State', 'Local Address:Port', 'Process'], ...all], []));
    return 0;
  },
};

const options = 'X H d o m A e --max-time --header --output';

/** Statuses as curl's own. */
const fetcher: GuestCommand = {
  names: ['curl', 'wget'],
  async run(call) {
    const { named, operands } = readOptions(call.args, options.replaceAll('--', ''));
    const url = readUrl(operands[0]);
    if (!url) {
      await call.error(`${call.name}: name an address, such as http://localhost:8888/\n`);
      return 2;
    }
    if (!['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) {
      await call.error(
        `${call.name}: (6) Could not resolve host: ${url.hostname} (${note}: only localhost answers)\n`,
      );
      return 6;
    }
    return fetchFrom(call, Number(url.port || 80), url.pathname + url.search, named);
  },
};

async function fetchFrom(
  call: CommandCall,
  port: number,
  path: string,
  named: ReadonlyMap<string, string>,
): Promise<number> {
  try {
    const answer = await call.host.fetch(port, path);
    if (!answer) {
      await call.error(
        `${call.name}: (7) Failed to connect to localhost port ${port}: Connection refused\n`,
      );
      return 7;
    }
    if (named.has('i') || named.has('I')) {
      await call.out(`HTTP/1.1 ${answer.status} ${answer.statusText}\r\n${answer.headers}\r\n`);
    }
    if (!named.has('I')) await call.out(answer.body);
    return named.has('f') && answer.status >= 400 ? 22 : 0;
  } catch {
    await call.error(`${call.name}: (52) Empty reply from server\n`);
    return 52;
  }
}

function readUrl(text: string | undefined): URL | undefined {
  if (!text) return undefined;
  try {
    const url = new URL(/^\w+:\/\//.test(text) ? text : `http://${text}`);
    return url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

export const networkCommands: readonly GuestCommand[] = [absent, interfaces, sockets, fetcher];
