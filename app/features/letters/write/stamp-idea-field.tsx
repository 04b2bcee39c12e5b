import { Field } from '#app/ui/field.tsx';
import { limits } from '#core/schemas/limits.ts';

interface StampIdeaFieldProps {
  idea: string;
  error?: string | undefined;
}

/**
 * The only part of a letter that may be shown to a third party, and only because the user types it
 * here.
 */
export function StampIdeaField({ idea, error }: StampIdeaFieldProps) {
  return (
    <Field
      name="stampIdea"
      label="Stamp idea"
      hint={
        <>
          A few words, like “a lighthouse in a storm”. <strong>They aren’t sealed:</strong> we send these
          words, and nothing else from your letter, to an outside service that paints the stamp. Leave it
          empty and we’ll draw one here.
        </>
      }
      defaultValue={idea}
      error={error}
      maxLength={limits.stampIdeaMax}
      autoComplete="off"
    />
  );
}
