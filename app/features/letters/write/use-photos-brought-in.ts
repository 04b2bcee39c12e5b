import { type RefObject, useEffect, useRef, useState } from 'react';

/**
 * Takes photos that are dropped on the input's form or pasted into it.
 *
 * @param add called with the files; the form's `input` event follows
 * @returns whether files are being dragged over the form
 */
export function usePhotosBroughtIn(
  input: RefObject<HTMLInputElement | null>,
  add: (files: File[]) => void,
): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(add);
  useEffect(() => {
    take.current = add;
  });
  useEffect(() => {
    const form = input.current?.form;
    if (!form) return;
    // A picture of the page that is being dragged brings a file of itself.
    let isOurs = false;
    const dragStart = () => {
      isOurs = true;
    };
    const dragEnd = () => {
      isOurs = false;
    };
    const bring = (event: Event, files: FileList | undefined) => {
      if (!files?.length) return;
      event.preventDefault();
      take.current([...files]);
      input.current?.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const paste = (event: ClipboardEvent) => {
      // Text copied from a document often comes with a picture of itself.
      if (!event.clipboardData?.types.includes('text/plain')) bring(event, event.clipboardData?.files);
    };
    const dragOver = (event: DragEvent) => {
      if (isOurs || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(true);
    };
    const dragLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (!isOurs) bring(event, event.dataTransfer?.files);
    };
    const mounted = new AbortController();
    const { signal } = mounted;
    form.addEventListener('paste', paste, { signal });
    form.addEventListener('dragstart', dragStart, { signal });
    form.addEventListener('dragend', dragEnd, { signal });
    form.addEventListener('dragover', dragOver, { signal });
    form.addEventListener('dragleave', dragLeave, { signal });
    form.addEventListener('drop', drop, { signal });
    return () => mounted.abort();
  }, [input]);
  return isOver;
}
