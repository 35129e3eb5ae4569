/** A line to be used elsewhere, such as a command or an address, and a button that copies it. */
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './command-line.module.css';

interface CommandLineProps {
  readonly command: string;
  readonly copyLabel: string;
}

export function CommandLine({ command, copyLabel }: CommandLineProps) {
  return (
    <div className={classes.command}>
      <code>{command}</code>
      <CopyButton text={command} label={copyLabel} />
    </div>
  );
}
