/** A field for text with its line numbers beside it: the browser's own undo, search and spelling keep working in it. */
import {
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import classes from './editor-dialog.module.css';
import { indentOf } from './editor-text.ts';

interface EditorFieldProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  /** As it was read; the field keeps what is typed to itself. */
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  /** @param dirty whether it is another text than the one read */
  readonly onChange: (dirty: boolean) => void;
  readonly onSave: () => void;
}

export function EditorField(props: EditorFieldProps) {
  const { fieldRef, text, label, readOnly, onChange, onSave } = props;
  const numbers = useRef<HTMLPreElement>(null);
  const [lines, setLines] = useState(() => countLines(text));
  const indent = useMemo(() => indentOf(text), [text]);
  /** After Escape the Tab key leaves the field, as it does everywhere else. */
  const tabLeaves = useRef(false);

  useLayoutEffect(() => {
    fieldRef.current?.focus();
    fieldRef.current?.setSelectionRange(0, 0);
  }, [fieldRef]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 's') {
      event.preventDefault();
      onSave();
    } else if (key === 'Escape' && !tabLeaves.current) {
      // The first one frees the Tab key, the second closes.
      event.preventDefault();
      event.stopPropagation();
      tabLeaves.current = true;
      return;
    } else if (key === 'Tab' && !shiftKey && !ctrlKey && !altKey && !readOnly) {
      if (!tabLeaves.current) {
        event.preventDefault();
        // The only way that the browser's undo knows of.
        document.execCommand('insertText', false, indent);
      }
    }
    tabLeaves.current = false;
  };

  return (
    <div className={classes.editor}>
      <pre ref={numbers} className={classes.numbers} aria-hidden>
        {useMemo(() => lineNumbers(lines), [lines])}
      </pre>
      <textarea
        ref={fieldRef}
        className={classes.field}
        aria-label={label}
        data-autofocus
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        readOnly={readOnly}
        defaultValue={text}
        onKeyDown={onKeyDown}
        onInput={({ currentTarget: { value } }) => {
          setLines(countLines(value));
          onChange(value !== text);
        }}
        onScroll={({ currentTarget }) => {
          if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const lineNumbers = (count: number): string =>
  Array.from({ length: count }, (_, index) => index + 1).join('\n');
