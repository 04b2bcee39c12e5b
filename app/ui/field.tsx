import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useFormState } from './form-state.ts';
import { useFieldName } from './sealed-fields.tsx';

type Common = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the field; from its form by default. */
  error?: string | undefined;
  /** The element's id; the name by default. An `ErrorSummary` links to it. */
  id?: string;
  /** Omits "(optional)" where only some of the form's buttons need the field. */
  unmarked?: boolean;
  /** Part of a sheet of paper: no box, and the label only for screen readers. */
  onPaper?: boolean;
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
      <label htmlFor={id} className={props.onPaper ? 'visually-hidden' : 'field-label'}>
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
 * A labelled text field, or with `multiline` a text area. Other attributes of `<input>` or
 * `<textarea>` are passed through (`type`, `autoComplete`, `defaultValue`, `maxLength` …). Not
 * `required` shows "(optional)". Shows errors and typed text from its form.
 */
export function Field(props: FieldProps) {
  const { name, label, hint, error: own, unmarked, onPaper, id = name, ...control } = props;
  const { wrong, typed } = useFormState();
  const error = own ?? wrong[name];
  const wiring = {
    ...(typed[name] !== undefined && { defaultValue: typed[name] }),
    id,
    ...useFieldName(name),
    'aria-describedby': described(id, hint, error),
    'aria-invalid': error ? (true as const) : undefined,
  };
  const frame = { name, label, hint, error, id, onPaper };
  if (control.multiline) {
    const { multiline: _, ...rest } = control;
    return (
      <FieldFrame {...frame} optional={!rest.required && !unmarked}>
        <textarea
          {...rest}
          {...wiring}
          className={onPaper ? 'on-paper on-paper-area' : 'control control-area'}
        />
      </FieldFrame>
    );
  }
  const { multiline: _, ...rest } = control;
  return (
    <FieldFrame {...frame} optional={!rest.required && !unmarked}>
      <input type="text" {...rest} {...wiring} className={onPaper ? 'on-paper' : 'control'} />
    </FieldFrame>
  );
}

type Option = { value: string; label: string };

export type SelectFieldProps = Common &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'id'> & {
    options: readonly (Option | { label: string; options: readonly Option[] })[];
    placeholder?: string;
  };

const toOption = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
);

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
        {...(typed[name] !== undefined && rest.value === undefined && { defaultValue: typed[name] })}
        aria-describedby={described(id, hint, error)}
        aria-invalid={error ? true : undefined}
        className="control control-select"
      >
        {placeholder ? <option value="">{placeholder}</option> : null}
        {options.map((option) =>
          'options' in option ? (
            <optgroup key={option.label} label={option.label}>
              {option.options.map(toOption)}
            </optgroup>
          ) : (
            toOption(option)
          ),
        )}
      </select>
    </FieldFrame>
  );
}
