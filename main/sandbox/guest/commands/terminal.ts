/** tty, stty, clear, reset, tput, history, env: the terminal and its shell. */
import type { GuestCommand } from './command.ts';
import { clear } from './screen.ts';

const terminalName: GuestCommand = {
  names: ['tty'],
  async run(call) {
    const name = call.environment.get('SSH_TTY');
    await call.out(`${name ?? 'not a tty'}\n`);
    return name === undefined ? 1 : 0;
  },
};

const settings: GuestCommand = {
  names: ['stty'],
  async run(call) {
    if (!call.environment.has('SSH_TTY')) {
      await call.error("stty: 'standard input': Inappropriate ioctl for device\n");
      return 1;
    }
    const { columns, rows } = await call.host.terminalSize();
    if (call.args.length === 0) await call.out(`speed 38400 baud; line = 0;\n`);
    for (const arg of call.args) {
      if (arg === 'size') await call.out(`${rows} ${columns}\n`);
      else if (arg === '-a')
        await call.out(`speed 38400 baud; rows ${rows}; columns ${columns};\n`);
      else if (arg === 'echo' || arg === '-echo') {
        await call.host.setTerminal({ echo: arg === 'echo' });
      } else if (arg === 'onlcr' || arg === '-onlcr') {
        await call.host.setTerminal({ newlines: arg === 'onlcr' });
      } else if (arg === 'sane') await call.host.setTerminal({ echo: true, newlines: true });
    }
    return 0;
  },
};

const screen: GuestCommand = {
  names: ['clear', 'reset', 'tput'],
  async run(call) {
    const { columns, rows } = await call.host.terminalSize();
    if (call.name !== 'tput' || call.args[0] === 'clear') await call.out(`${clear}\x1b[3J`);
    else if (call.args[0] === 'cols') await call.out(`${columns}\n`);
    else if (call.args[0] === 'lines') await call.out(`${rows}\n`);
    else if (call.args[0] === 'colors') await call.out('256\n');
    return 0;
  },
};

/** readline's own keys cannot be bound here; scripts that try must not fail. */
const ignored: GuestCommand = {
  names: ['bind', 'trap', 'ulimit', 'umask', 'disown', 'sync', 'ldconfig', 'chown', 'chgrp'],
  async run(call) {
    if (call.name === 'umask' && call.args.length === 0) await call.out('0022\n');
    if (call.name === 'ulimit') await call.out('unlimited\n');
    return 0;
  },
};

const history: GuestCommand = {
  names: ['history'],
  async run(call) {
    const path = '/root/.bash_history';
    if (call.args[0] === '-c') {
      await call.files.writeFile(path, '');
      return 0;
    }
    const text = (await call.files.exists(path)) ? await call.files.readFile(path) : '';
    const lines = text.split('\n').filter((line) => line !== '');
    const first = Math.max(lines.length - (Number(call.args[0]) || lines.length), 0);
    for (const [at, line] of lines.slice(first).entries()) {
      await call.out(`${String(first + at + 1).padStart(5)}  ${line}\n`);
    }
    return 0;
  },
};

/** just-bash would show every variable, exported or not. */
const environment: GuestCommand = {
  names: ['env', 'printenv'],
  async run(call) {
    if (call.args.length === 0) {
      const lines = Object.entries(call.exported).map(([name, value]) => `${name}=${value}\n`);
      await call.out(lines.join(''));
      return 0;
    }
    const { output, errors, status } = await call.original(call.args);
    await call.out(output);
    await call.error(errors);
    return status;
  },
};

export const terminalCommands: readonly GuestCommand[] = [
  environment,
  terminalName,
  settings,
  screen,
  ignored,
  history,
];
