import { Field } from '#app/ui/field.tsx';
import type { ShownDraft } from './draft-form.ts';

/** The words of a letter. Without `maxlength`: a browser would cut what is pasted and say nothing; the server says it, and cuts nothing. */
export function TextFields({
  draft,
  wrong = {},
}: {
  draft: Pick<ShownDraft, 'title' | 'body'>;
  wrong?: { title?: string; body?: string };
}) {
  return (
    <>
      <Field name="title" label="Title" defaultValue={draft.title} error={wrong.title} autoComplete="off" />
      <Field
        name="body"
        label="Letter"
        multiline
        rows={14}
        defaultValue={draft.body}
        error={wrong.body}
        required
      />
    </>
  );
}
