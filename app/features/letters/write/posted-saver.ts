import type { AutosaveAnswer, Saver } from './use-autosave.ts';

export function createPostedSaver(): Saver {
  /**
   * Text that was sent and got no answer. It may be saved, so it is sent again before newer text.
   */
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

/**
 * The bytes of a body that surely outlives its page. Browsers refuse more than 64 KiB in total
 * (Fetch standard).
 */
const outlivesPage = 48_000;

async function post(words: FormData): Promise<AutosaveAnswer> {
  const keepalive = new Blob([...words].flat()).size < outlivesPage;
  const response = await fetch('/write/autosave', { method: 'POST', body: words, keepalive });
  if (response.redirected)
    return { version: 0, problem: 'You were logged out. Log in again in another tab; your text stays here.' };
  return (await response.json()) as AutosaveAnswer;
}
