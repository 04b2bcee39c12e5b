import { Form, useSubmit } from '@remix-run/react';
import { useRootData } from '#app/root-data.ts';
import { defaultAppearance } from '#app/ui/appearance.ts';
import { AppearanceFields } from '#app/ui/appearance-fields.tsx';

/** The reader's appearance settings over a letter; they apply as they are chosen. */
export default function LetterLook({ letter }: { letter: string }) {
  const submit = useSubmit();
  const stay = { preventScrollReset: true, replace: true };
  return (
    <Form
      method="post"
      action="/settings/appearance"
      className="form panel letter-look"
      {...stay}
      onChange={(event) => submit(event.currentTarget, stay)}
    >
      <input type="hidden" name="next" value={letter} />
      <AppearanceFields value={useRootData()?.appearance ?? defaultAppearance} />
    </Form>
  );
}
