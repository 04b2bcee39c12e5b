import { type MouseEvent, useEffect, useRef } from 'react';
import { sentencesOf } from './sentences.ts';

type ErrorSummaryProps = {
  /** Field name (or id, when they differ) → sentence, or several, one a line. Nothing is shown when it is empty. */
  fields: Readonly<Record<string, string | undefined>> | undefined;
  title?: string;
};

/** What is wrong with a form, each sentence a link to its field; takes the focus when it appears. */
export function ErrorSummary({ fields, title = 'Please check these fields:' }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const wrong = Object.entries(fields ?? {}).filter(([, sentence]) => sentence);
  // Pressing the button again with the same mistakes is a new answer, and is seen as one.
  useEffect(() => {
    if (fields) box.current?.focus();
  }, [fields]);
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

/** To the router a new hash is a new page, on which nothing was refused: the sentences would go. */
function focusInstead(event: MouseEvent, id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  event.preventDefault();
  field.focus();
}
