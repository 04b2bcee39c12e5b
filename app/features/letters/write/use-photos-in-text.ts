import { type RefObject, useEffect, useRef } from 'react';
import { followPhotos, placePhotoInText } from '#core/letters/follow-photos.ts';

/**
 * Lets the numbers in the form's text follow its photos as they are moved and removed.
 *
 * @param keys the photos in their order
 * @returns a function that puts a photo into the text, where it is being written
 */
export function usePhotosInText(
  input: RefObject<HTMLInputElement | null>,
  keys: readonly string[],
): (n: number) => void {
  const before = useRef(keys);
  const order = keys.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same photos in the same order
  useEffect(() => {
    const text = textOf(input.current);
    if (text) write(text, followPhotos(text.value, before.current, keys));
    before.current = keys;
  }, [order]);
  return (n) => {
    const text = textOf(input.current);
    if (!text) return;
    // Of a text that nobody has been in, the end.
    const { body, end } = placePhotoInText(text.value, n, text.selectionEnd || text.value.length);
    write(text, body);
    text.setSelectionRange(end, end);
  };
}

function textOf(input: HTMLInputElement | null): HTMLTextAreaElement | null {
  return input?.form?.querySelector('textarea') ?? null;
}

/** Changes the text as if it were typed, so that it is saved and counted. */
function write(text: HTMLTextAreaElement, value: string): void {
  if (text.value === value) return;
  text.value = value;
  text.dispatchEvent(new Event('input', { bubbles: true }));
}
