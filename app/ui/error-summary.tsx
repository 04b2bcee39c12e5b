import { type MouseEvent, useEffect, useRef } from 'react';
import { fieldName } from './field-name.ts';

type ErrorSummaryProps = {
  /** Messages by field name (or id, when they differ). Renders nothing when empty. */
  fields: Readonly<Record<string, string | undefined>> | undefined;
  /** Takes the focus whenever this object changes: the same mistakes again are a new answer. */
  focusOn?: object | undefined;
};

/**
 * Counts what is wrong with a form, and links to each field, where the message stands. Takes the
 * focus when it appears.
 */
export function ErrorSummary(props: ErrorSummaryProps) {
  const { fields, focusOn = fields } = props;
  const box = useRef<HTMLDivElement>(null);
  const wrong = Object.keys(fields ?? {}).filter((name) => fields?.[name]);
  useEffect(() => {
    if (focusOn) box.current?.focus();
  }, [focusOn]);
  if (wrong.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: without a script the browser brings it into sight
    <div ref={box} className="error-summary" role="alert" tabIndex={-1} autoFocus>
      <p className="error-summary-title">
        {wrong.length === 1 ? 'One thing to fix:' : `${wrong.length} things to fix:`}
      </p>
      <ul>
        {wrong.map((name) => (
          <li key={name}>
            {fieldName(name) ? (
              <a href={`#${name}`} onClick={(event) => focusInstead(event, name)}>
                {fieldName(name)}
              </a>
            ) : (
              fields?.[name]
            )}
          </li>
        ))}
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
