/** The one button: main, plain, danger or quiet; one that may not be pressed can still be reached, and says why. */
import { Tooltip } from '@mantine/core';
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import classes from './button.module.css';

export type ButtonLook = 'main' | 'plain' | 'danger' | 'quiet';

interface ButtonProps
  extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'className' | 'type'> {
  readonly look?: ButtonLook;
  readonly size?: 'row' | 'normal' | 'large';
  /** Why it may not be pressed; present = disabled. */
  readonly reason?: string | undefined;
  /** Pressed and at work: no second press. */
  readonly busy?: boolean;
  readonly disabled?: boolean | undefined;
  /** Drawn square for an icon alone; its `aria-label` is shown to who points at it too. */
  readonly square?: boolean;
  readonly submit?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'plain',
  size = 'normal',
  reason,
  busy = false,
  disabled = false,
  square = false,
  submit = false,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const off = disabled || busy || reason !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    onClick?.(event);
  };
  const button = (
    <button
      {...(square && reason === undefined && { title: rest['aria-label'] })}
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={classes.button}
      data-look={look}
      data-size={size}
      data-square={square || undefined}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      {...(reason !== undefined && { 'aria-description': reason })}
      onClick={press}
    >
      {busy && <span className={classes.spinner} aria-hidden />}
      {children}
    </button>
  );
  return reason === undefined ? button : <Tooltip label={reason}>{button}</Tooltip>;
}
