/** A modal dialog: titled, Escape closes the top one, and the focus goes back where it was. Rendered = open. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';
import { useDialogPlace } from './dialog-stack.tsx';
import { useFirstWrongField } from './use-first-wrong-field.ts';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  readonly title: ReactNode;
  /** A second, softer line under the title. */
  readonly subtitle?: ReactNode;
  readonly onClose: () => void;
  readonly widthPx?: number;
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  /** Present: the whole is a form, and Enter sends it, or goes to the first field that is wrong. */
  readonly onSubmit?: () => void;
}

export function Dialog({
  title,
  subtitle,
  onClose,
  widthPx = 460,
  footer,
  children,
  onSubmit,
}: DialogProps) {
  const { isTop, depth, origin, outside } = useDialogPlace();
  useReturnFocus(origin, outside);
  const { form, sent } = useFirstWrongField();

  const content = (
    <>
      <div className={classes.body}>{children}</div>
      {footer && <div className={classes.footer}>{footer}</div>}
    </>
  );
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={widthPx}
      zIndex={300 + depth * 10}
      closeOnEscape={isTop}
      trapFocus={isTop}
      returnFocus={false}
      closeOnClickOutside={false}
      centered
      classNames={{ overlay: classes.veil ?? '', content: classes.content ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <header className={classes.header}>
          <div className={classes.titles}>
            <Modal.Title className={classes.title ?? ''}>{title}</Modal.Title>
            {subtitle && <div className={classes.subtitle}>{subtitle}</div>}
          </div>
        </header>
        {onSubmit ? (
          <form
            ref={form}
            className={classes.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // A dialog opened from within another one's form is no part of that form.
              event.stopPropagation();
              onSubmit();
              sent();
            }}
          >
            {content}
          </form>
        ) : (
          <div className={classes.form}>{content}</div>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}
