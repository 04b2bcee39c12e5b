import { useSearchParams } from '@remix-run/react';

/** Returns the message for the action that `?done=` names; undefined for unknown ones. */
export function useFlashMessage(sentences: Readonly<Record<string, string>>): string | undefined {
  const done = useSearchParams()[0].get('done') ?? '';
  return Object.hasOwn(sentences, done) ? sentences[done] : undefined;
}
