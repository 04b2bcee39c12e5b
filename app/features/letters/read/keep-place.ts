/** Milliseconds between two saves of the place. */
const pause = 1500;
/** The part of the window's height that is above the line being read. */
const READING_LINE = 0.35;

/**
 * Saves the paragraph being read while the letter is scrolled, and when it is left.
 *
 * @param saved what was saved last, in thousandths of the letter
 * @returns a function that saves for the last time and stops
 */
export function keepPlace(id: string, saved: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Noted while the letter is there: it is gone when the page is left.
  let latest = saved;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (latest === saved) return;
    saved = latest;
    const body = new URLSearchParams({ position: String(latest) });
    // A lost place does no harm: the next scroll saves another.
    void fetch(`/letters/${id}/place`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  };
  const onScroll = () => {
    latest = placeSeen() ?? latest;
    timer ??= setTimeout(save, pause);
  };
  const onHidden = () => {
    if (document.visibilityState === 'hidden') save();
  };
  addEventListener('scroll', onScroll, { passive: true });
  document.addEventListener('visibilitychange', onHidden);
  // A letter that fits the window is read without scrolling.
  onScroll();
  return () => {
    removeEventListener('scroll', onScroll);
    document.removeEventListener('visibilitychange', onHidden);
    save();
  };
}

/** Returns the place of the paragraph being read, 1000 at the end; null if the letter is gone. */
function placeSeen(): number | null {
  const letter = document.getElementById('letter');
  if (!letter) return null;
  if (letter.getBoundingClientRect().bottom <= innerHeight + 1) return 1000;
  const line = innerHeight * READING_LINE + 1;
  const seen = [...letter.querySelectorAll('.letter-text > [id]')].findLast(
    (paragraph) => paragraph.getBoundingClientRect().top <= line,
  );
  return Number(seen?.id.replace(/\D/g, '') ?? 0);
}
