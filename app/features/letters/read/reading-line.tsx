import { Form, useSubmit } from '@remix-run/react';
import { useRootData } from '#app/root-data.ts';
import { defaultAppearance } from '#app/ui/appearance.ts';
import { AppearanceFields } from '#app/ui/appearance-fields.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { anchorAt } from '#app/ui/letter-text.tsx';
import { useIsHydrated } from '#app/ui/use-is-hydrated.ts';
import { readingMinutes } from '#core/letters/reading-time.ts';

interface ReadingLineProps {
  letterId: string;
  body: string;
  /** The place of the paragraph to go on from. */
  leftOff: number | null;
}

/** What is above a letter: how long it is, where the reader left off, and how it should look. */
export function ReadingLine({ letterId, body, leftOff }: ReadingLineProps) {
  const minutes = readingMinutes(body);
  return (
    <div className="reading-line">
      {minutes > 1 ? <p>{minutes} min read</p> : null}
      {leftOff === null ? null : (
        <p>
          {/* Plain, so that the browser scrolls and the router doesn't load the letter again. */}
          <a href={`#${anchorAt(leftOff)}`}>Continue where you left off</a>
        </p>
      )}
      <LetterLook letterId={letterId} />
    </div>
  );
}

/** The reader's appearance settings. With JavaScript they apply as they are chosen. */
function LetterLook({ letterId }: { letterId: string }) {
  const submit = useSubmit();
  const stay = { preventScrollReset: true, replace: true };
  return (
    <details className="letter-look">
      <summary>
        <span aria-hidden="true">Aa</span> Appearance
      </summary>
      <Form
        method="post"
        action="/settings/appearance"
        className="form panel"
        {...stay}
        onChange={(event) => submit(event.currentTarget, stay)}
      >
        <input type="hidden" name="next" value={`/letters/${letterId}`} />
        <AppearanceFields value={useRootData()?.appearance ?? defaultAppearance} />
        {useIsHydrated() ? null : <SubmitButton>Save</SubmitButton>}
      </Form>
    </details>
  );
}
