import type { ReactNode } from 'react';
import { useFormState } from '#app/ui/form-state.ts';

type ChoicesProps = {
  name: string;
  /** The question; screen readers read it before each choice. */
  label: ReactNode;
  hint?: ReactNode;
  value: string;
  options: readonly { value: string; label: ReactNode }[];
};

/** A group of radio buttons. An `ErrorSummary` links to the first. */
export function Choices({ name, label, hint, value, options }: ChoicesProps) {
  const { wrong, typed } = useFormState();
  const error = wrong[name];
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <fieldset className={error ? 'field field-wrong' : 'field'} aria-describedby={described || undefined}>
      <legend className="field-label">{label}</legend>
      {hint ? (
        <div id={`${name}-hint`} className="field-hint">
          {hint}
        </div>
      ) : null}
      {error ? (
        <p id={`${name}-error`} className="field-error">
          {error}
        </p>
      ) : null}
      {options.map((option, index) => (
        <div key={option.value}>
          <label className="check">
            <input
              type="radio"
              id={index === 0 ? name : undefined}
              name={name}
              value={option.value}
              defaultChecked={option.value === (typed[name] ?? value)}
            />
            <span>{option.label}</span>
          </label>
        </div>
      ))}
    </fieldset>
  );
}
