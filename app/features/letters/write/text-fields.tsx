import { useEffect, useRef } from 'react';
import { Field } from '#app/ui/field.tsx';
import type { ShownDraft } from './draft-form.ts';

/**
 * The text of a letter, straight on the paper. Without `maxlength`, because browsers silently cut
 * what is pasted; the server reports it instead.
 */
export function TextFields({
  draft,
  wrong = {},
}: {
  draft: Pick<ShownDraft, 'title' | 'body'>;
  wrong?: { title?: string; body?: string };
}) {
  const paper = useRef<HTMLDivElement>(null);
  useGrowingText(paper);
  return (
    <div className="writing-text" ref={paper}>
      <Field
        onPaper
        name="title"
        label="Title"
        placeholder="Title (optional)"
        defaultValue={draft.title}
        error={wrong.title}
        autoComplete="off"
      />
      <Field
        onPaper
        name="body"
        label="Letter"
        placeholder="Dear friend,"
        multiline
        rows={14}
        defaultValue={draft.body}
        error={wrong.body}
        required
      />
    </div>
  );
}

/** Lets the paper grow with its text in browsers that don't know `field-sizing`. */
function useGrowingText(paper: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const text = paper.current?.querySelector('textarea');
    if (!text || CSS.supports('field-sizing', 'content')) return;
    const grow = () => {
      text.style.blockSize = 'auto';
      text.style.blockSize = `${text.scrollHeight}px`;
    };
    grow();
    text.addEventListener('input', grow);
    return () => text.removeEventListener('input', grow);
  }, [paper]);
}
