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
import { indentOf, stepLinesIn } from './editor-text.ts';

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

  useLayoutEffect(() => {
    fieldRef.current?.focus();
    fieldRef.current?.setSelectionRange(0, 0);
  }, [fieldRef]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { key, ctrlKey, metaKey, shiftKey, altKey, currentTarget: field } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 's') {
      event.preventDefault();
      onSave();
    } else if (key === 'Tab' && !shiftKey && !ctrlKey && !altKey && !readOnly) {
      // With Shift it leaves the field, as it does everywhere else.
      event.preventDefault();
      stepIn(field, indent);
    }
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

/** Several lines step in together; what is selected within one gives way. */
function stepIn(field: HTMLTextAreaElement, indent: string): void {
  const { value, selectionStart, selectionEnd } = field;
  const selected = value.slice(selectionStart, selectionEnd);
  if (!selected.includes('\n')) {
    typeInto(indent);
    return;
  }
  const start = value.lastIndexOf('\n', selectionStart - 1) + 1;
  field.setSelectionRange(start, selectionEnd);
  const text = stepLinesIn(value.slice(start, selectionEnd), indent);
  typeInto(text);
  field.setSelectionRange(start, start + text.length);
}

/** The only way to write that the browser's undo knows of. */
const typeInto = (text: string) => document.execCommand('insertText', false, text);

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const lineNumbers = (count: number): string =>
  Array.from({ length: count }, (_, index) => index + 1).join('\n');
