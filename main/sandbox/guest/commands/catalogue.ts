/** Every command of our own; each wins over just-bash's by the same name. */
import type { GuestCommand } from './command.ts';
import { diskAndMemory } from './disk-memory.ts';
import { editor } from './editor.ts';
import { list } from './list.ts';
import { multiplexers } from './multiplexers.ts';
import { networkCommands } from './network.ts';
import { nvidiaSmi } from './nvidia-smi.ts';
import { packageCommands } from './packages.ts';
import { pager } from './pager.ts';
import { processCommands } from './processes.ts';
import { python } from './python.ts';
import { streamCommands } from './streams.ts';
import { systemCommands } from './system.ts';
import { tar } from './tar.ts';
import { terminalCommands } from './terminal.ts';
import { top } from './top.ts';
import { wrapperCommands } from './wrappers.ts';

export const catalogue: readonly GuestCommand[] = [
  ...diskAndMemory,
  ...processCommands,
  ...systemCommands,
  ...streamCommands,
  ...networkCommands,
  ...packageCommands,
  ...terminalCommands,
  ...wrapperCommands,
  editor,
  list,
  multiplexers,
  nvidiaSmi,
  pager,
  python,
  tar,
  top,
];
