import { useSearchParams } from '@remix-run/react';

/** The sentence for what `?done=` says has just been done on a page; undefined for anything the page does not know. */
export function useFlashMessage(sentences: Readonly<Record<string, string>>): string | undefined {
  const done = useSearchParams()[0].get('done') ?? '';
  return Object.hasOwn(sentences, done) ? sentences[done] : undefined;
}
