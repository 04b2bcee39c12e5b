import { type MouseEvent, useEffect, useRef } from 'react';
import { sentencesOf } from './sentences.ts';

type ErrorSummaryProps = {
  /**
   * Messages by field name (or id, when they differ), several separated by line breaks. Renders
   * nothing when empty.
   */
  fields: Readonly<Record<string, string | undefined>> | undefined;
  title?: string;
  /** Takes the focus whenever this object changes: the same mistakes again are a new answer. */
  focusOn?: object | undefined;
};

/**
 * Lists what is wrong with a form, each message linked to its field. Takes the focus when it
 * appears.
 */
export function ErrorSummary(props: ErrorSummaryProps) {
  const { fields, title = 'Please check these fields:', focusOn = fields } = props;
  const box = useRef<HTMLDivElement>(null);
  const wrong = Object.entries(fields ?? {}).filter(([, sentence]) => sentence);
  useEffect(() => {
    if (focusOn) box.current?.focus();
  }, [focusOn]);
  if (wrong.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: without a script the browser brings it into sight
    <div ref={box} className="error-summary" role="alert" tabIndex={-1} autoFocus>
      <p className="error-summary-title">{title}</p>
      <ul>
        {wrong.flatMap(([name, error]) =>
          sentencesOf(error ?? '').map((sentence) => (
            <li key={`${name} ${sentence}`}>
              <a href={`#${name}`} onClick={(event) => focusInstead(event, name)}>
                {sentence}
              </a>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

/**
 * Focuses a field without a new hash, which the router would treat as a new page without the
 * messages.
 */
function focusInstead(event: MouseEvent, id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  field.focus();
}
