import type { AutosaveAnswer, Saver } from './use-autosave.ts';

/** Sends the words as they are, to a server that seals them. */
export function createPostedSaver(): Saver {
  /** Words that were sent and not answered: they may be saved, so they go once more before newer ones. */
  let unanswered: FormData | null = null;
  return {
    read: (form) => new FormData(form),
    async save(words) {
      if (unanswered) {
        const before = await post(unanswered);
        unanswered = null;
        if (before.problem !== null) return before;
        words.set('version', String(before.version));
      }
      unanswered = words;
      const answer = await post(words);
      unanswered = null;
      return answer;
    },
  };
}

/** Bytes that surely go out after their page was left: a browser refuses more than 64 KiB of such bodies (Fetch standard). */
const outlivesPage = 48_000;

async function post(words: FormData): Promise<AutosaveAnswer> {
  const keepalive = new Blob([...words].flat()).size < outlivesPage;
  const response = await fetch('/write/autosave', { method: 'POST', body: words, keepalive });
  if (response.redirected)
    return { version: 0, problem: 'You were logged out. Log in again in another tab; your text stays here.' };
  return (await response.json()) as AutosaveAnswer;
}
