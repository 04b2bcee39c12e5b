import { createContext, useContext } from 'react';

interface FormState {
  wrong: Readonly<Record<string, string | undefined>>;
  /** Text the user typed, by field name, where the page was reloaded. */
  typed: Readonly<Record<string, string | undefined>>;
  busy: boolean;
}

const FormStateContext = createContext<FormState>({ wrong: {}, typed: {}, busy: false });

export const FormStateProvider = FormStateContext.Provider;

export function useFormState(): FormState {
  return useContext(FormStateContext);
}
