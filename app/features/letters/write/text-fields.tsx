import { Field } from '#app/ui/field.tsx';
import type { Sheet } from './read-writing.server.ts';

/** The words of a letter. Without `maxlength`: a browser would cut what is pasted and say nothing; the server says it, and cuts nothing. */
export function TextFields({
  sheet,
  wrong = {},
}: {
  sheet: Pick<Sheet, 'title' | 'body'>;
  wrong?: { title?: string; body?: string };
}) {
  return (
    <>
      <Field name="title" label="Title" defaultValue={sheet.title} error={wrong.title} autoComplete="off" />
      <Field
        name="body"
        label="Letter"
        multiline
        rows={14}
        defaultValue={sheet.body}
        error={wrong.body}
        required
      />
    </>
  );
}
