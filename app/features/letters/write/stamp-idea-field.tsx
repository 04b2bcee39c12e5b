import { Field } from '#app/ui/field.tsx';
import { limits } from '#core/schemas/limits.ts';

interface StampIdeaFieldProps {
  idea: string;
  error?: string | undefined;
}

/** The one thing of a letter that may be shown to somebody else, and only because it is typed here. */
export function StampIdeaField({ idea, error }: StampIdeaFieldProps) {
  return (
    <Field
      name="stampIdea"
      label="An idea for the stamp"
      hint={
        <>
          A few words, for instance “a lighthouse in a storm”. <strong>They are not sealed:</strong> these
          words, and nothing else of your letter, are shown to an outside picture service that paints the
          stamp. Leave it empty, and the stamp is drawn here.
        </>
      }
      defaultValue={idea}
      error={error}
      maxLength={limits.stampIdeaMax}
      autoComplete="off"
    />
  );
}
