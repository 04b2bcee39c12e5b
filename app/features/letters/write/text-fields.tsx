import { Field } from '#app/ui/field.tsx';
import type { ShownDraft } from './draft-form.ts';

/**
 * The text fields of a letter. Without `maxlength`, because browsers silently cut what is pasted;
 * the server reports it instead.
 */
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
