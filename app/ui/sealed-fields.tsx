import {
  createContext,
  type FormEvent,
  type FormHTMLAttributes,
  type ReactNode,
  type Ref,
  useContext,
} from 'react';

const SealedFields = createContext(false);

/** Tells whether the surrounding form is a {@link SealedForm}. */
export function useIsSealed(): boolean {
  return useContext(SealedFields);
}

/**
 * Names a form's field. In a {@link SealedForm} the name goes into `data-name`: browsers post only
 * fields with a `name`, so nothing is sent in the clear by accident.
 */
export function useFieldName(name: string | undefined): { name?: string; 'data-name'?: string } {
  const sealed = useIsSealed();
  if (name === undefined) return {};
  return sealed ? { 'data-name': name } : { name };
}

type SealedFormProps = Omit<
  FormHTMLAttributes<HTMLFormElement>,
  'action' | 'method' | 'encType' | 'onSubmit'
> & {
  /** The element, for code that reads the fields while the user types. */
  element?: Ref<HTMLFormElement>;
  /** Called with the fields and the pressed button; seals them before sending. */
  onSeal(fields: FormData): void | Promise<void>;
  /** True while a key is derived from the password. Omitted in a form without a password. */
  deriving?: boolean;
  children: ReactNode;
};

/**
 * A form whose fields never leave the page in the clear: they have no names, the form has no
 * address, and its `SubmitButton`s wait for the script.
 */
export function SealedForm({ onSeal, deriving, children, element, ...form }: SealedFormProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter;
    void onSeal(readSealedFields(event.currentTarget, button));
  };
  return (
    <SealedFields.Provider value={true}>
      <form {...form} ref={element} method="dialog" onSubmit={onSubmit} noValidate>
        {children}
        {deriving === undefined ? null : (
          <div className="key-progress" role="status">
            {deriving ? (
              <>
                <progress aria-label="Working on your key" />
                <p>Unlocking with your password — it never leaves this device.</p>
              </>
            ) : null}
          </div>
        )}
      </form>
    </SealedFields.Provider>
  );
}

/** Collects what a browser would post if the fields had names. */
export function readSealedFields(form: HTMLFormElement, button: HTMLElement | null = null): FormData {
  const fields = new FormData();
  for (const control of form.elements) {
    const name = control instanceof HTMLElement ? control.dataset.name : undefined;
    if (!name || control.matches(':disabled')) continue;
    if (control instanceof HTMLButtonElement) {
      if (control === button) fields.append(name, control.value);
    } else if (control instanceof HTMLInputElement) {
      if (control.type === 'file') for (const file of control.files ?? []) fields.append(name, file);
      else if (!/^(checkbox|radio)$/.test(control.type) || control.checked)
        fields.append(name, control.value);
    } else if (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) {
      fields.append(name, control.value);
    }
  }
  return fields;
}

export function HiddenField({ name, value }: { name: string; value: string | number }) {
  return <input type="hidden" {...useFieldName(name)} value={value} readOnly />;
}
