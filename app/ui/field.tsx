import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useFormState } from './form-state.ts';
import { useFieldName } from './sealed-fields.tsx';

type Common = {
  name: string;
  label: ReactNode;
  /** Advice under the label, read out with the field. */
  hint?: ReactNode;
  /** What is wrong with it, in a kind sentence; what its form says of it unless given. */
  error?: string | undefined;
  /** The element's id; the name unless given. An `ErrorSummary` links to it. */
  id?: string;
  /** Says nothing of being optional: of the form's buttons one wants it and another does not. */
  unmarked?: boolean;
};

export type FieldProps = Common &
  (
    | ({ multiline?: false } & Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id'>)
    | ({ multiline: true } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'id'>)
  );

const described = (id: string, hint: ReactNode, error: string | undefined) =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

function FieldFrame(props: Common & { optional: boolean; children: ReactNode }) {
  const id = props.id ?? props.name;
  return (
    <div className={props.error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id} className="field-label">
        {props.label}
        {props.optional ? <span className="field-optional"> (optional)</span> : null}
      </label>
      {props.hint ? (
        <div id={`${id}-hint`} className="field-hint">
          {props.hint}
        </div>
      ) : null}
      {props.error ? (
        <p id={`${id}-error`} className="field-error">
          {props.error}
        </p>
      ) : null}
      {props.children}
    </div>
  );
}

/**
 * A labelled text field, or with `multiline` a text area. Whatever else an `<input>` or `<textarea>` takes
 * (`type`, `autoComplete`, `defaultValue`, `maxLength` …) is passed through. Not `required` means "(optional)". After a
 * refusal it shows what the form knows of it.
 */
export function Field({ name, label, hint, error: own, unmarked, id = name, ...control }: FieldProps) {
  const { wrong, typed } = useFormState();
  const error = own ?? wrong[name];
  const wiring = {
    ...(typed[name] !== undefined && { defaultValue: typed[name] }),
    id,
    ...useFieldName(name),
    'aria-describedby': described(id, hint, error),
    'aria-invalid': error ? (true as const) : undefined,
  };
  const frame = { name, label, hint, error, id };
  if (control.multiline) {
    const { multiline: _, ...rest } = control;
    return (
      <FieldFrame {...frame} optional={!rest.required && !unmarked}>
        <textarea {...rest} {...wiring} className="control control-area" />
      </FieldFrame>
    );
  }
  const { multiline: _, ...rest } = control;
  return (
    <FieldFrame {...frame} optional={!rest.required && !unmarked}>
      <input type="text" {...rest} {...wiring} className="control" />
    </FieldFrame>
  );
}

export type SelectFieldProps = Common &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'id'> & {
    options: readonly { value: string; label: string }[];
    /** The first, empty choice, e.g. "Choose a friend". */
    placeholder?: string;
  };

/** A labelled choice from a list. */
export function SelectField({
  name,
  label,
  hint,
  error: own,
  id = name,
  options,
  placeholder,
  ...rest
}: SelectFieldProps) {
  const { wrong, typed } = useFormState();
  const error = own ?? wrong[name];
  const naming = useFieldName(name);
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error} id={id} optional={!rest.required}>
      <select
        {...rest}
        id={id}
        {...naming}
        {...(typed[name] !== undefined && { defaultValue: typed[name] })}
        aria-describedby={described(id, hint, error)}
        aria-invalid={error ? true : undefined}
        className="control control-select"
      >
        {placeholder ? <option value="">{placeholder}</option> : null}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
