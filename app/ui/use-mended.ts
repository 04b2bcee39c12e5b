import { type FormEvent, useState } from 'react';

type Fields = Record<string, string>;

/**
 * Forgets the errors of fields that the user has changed since the form was refused.
 *
 * @returns `wrong`, the errors that remain, and `onInput` for the form
 */
export function useMended(problem: { fields: Fields } | null | undefined) {
  const [mended, setMended] = useState({ of: problem, names: [] as string[] });
  const names = mended.of === problem ? mended.names : [];
  const fields = problem?.fields ?? {};
  const onInput = ({ target }: FormEvent) => {
    const name = nameOf(target);
    if (fields[name] && !names.includes(name)) setMended({ of: problem, names: [...names, name] });
  };
  const wrong = Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  return { wrong, onInput };
}

/** The name of a field of either kind of form (app/ui/sealed-fields.tsx). */
function nameOf(target: EventTarget): string {
  return target instanceof HTMLElement ? (target.getAttribute('name') ?? target.dataset.name ?? '') : '';
}
