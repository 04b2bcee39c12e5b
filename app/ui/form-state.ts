import { createContext, useContext } from 'react';

/** What the fields and buttons of a form show of its last try. */
interface FormState {
  /** What is wrong, by the name of the field. */
  wrong: Readonly<Record<string, string | undefined>>;
  /** What the user had typed, by the name of the field, where the page was loaded anew. */
  typed: Readonly<Record<string, string | undefined>>;
  /** Whether the form is on its way. */
  busy: boolean;
}

const FormStateContext = createContext<FormState>({ wrong: {}, typed: {}, busy: false });

/** Tells the fields and buttons within about the form they are in. */
export const FormStateProvider = FormStateContext.Provider;

/** Reads the state of the surrounding form. */
export function useFormState(): FormState {
  return useContext(FormStateContext);
}
