/** tmux and screen by name: a terminal of Pilothouse can run in one; inside a shell they are not simulated. */
import { type GuestCommand, note } from './command.ts';

export const multiplexers: GuestCommand = {
  names: ['tmux', 'screen'],
  async run(call) {
    if (call.args[0] === '-V' || call.args[0] === '-v') {
      await call.out(`${call.name} (${note})\n`);
      return 0;
    }
    await call.error(
      `${call.name}: ${note} only as a whole terminal: choose it in the connection options, and what runs in the terminal outlives its line\n`,
    );
    return 1;
  },
};
