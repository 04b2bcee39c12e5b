import { useEffect, useRef, useState } from 'react';
import { countWords } from '#core/letters/count-words.ts';

/** Milliseconds after the last keystroke: counting a long letter takes a moment. */
const pause = 400;

/** Counts the words of the form's letter while it is being written. */
export function WordCount({ initial }: { initial: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [count, setCount] = useState(() => countWords(initial));
  useEffect(() => {
    const body = place.current?.closest('form')?.querySelector<HTMLTextAreaElement>('#body');
    if (!body) return;
    let timer: ReturnType<typeof setTimeout>;
    const recount = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setCount(countWords(body.value)), pause);
    };
    // The browser may have brought back text that was typed before the script came.
    recount();
    body.addEventListener('input', recount);
    return () => {
      clearTimeout(timer);
      body.removeEventListener('input', recount);
    };
  }, []);
  return (
    <span className="word-count" ref={place}>
      {count > 0 ? `${count.toLocaleString('en')} ${count === 1 ? 'word' : 'words'}` : null}
    </span>
  );
}
