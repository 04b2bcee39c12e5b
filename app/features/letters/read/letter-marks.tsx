import { Form } from '@remix-run/react';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import type { ReadableLetter } from '#core/letters/letter-view.ts';

/** Buttons for the reader's own star and, if they got the letter, the archive and the inbox. */
export function LetterMarks({ role, starred, archived }: ReadableLetter) {
  return (
    <>
      <Form method="post" preventScrollReset>
        <SubmitButton name="intent" value={starred ? 'unstar' : 'star'} kind="quiet">
          {starred ? 'Remove star' : 'Star'}
        </SubmitButton>
      </Form>
      {role === 'receiver' ? (
        <>
          <Form method="post">
            <SubmitButton name="intent" value={archived ? 'unarchive' : 'archive'} kind="quiet">
              {archived ? 'Move to inbox' : 'Archive'}
            </SubmitButton>
          </Form>
          <ButtonLink to="/inbox" kind="quiet">
            Back to inbox
          </ButtonLink>
        </>
      ) : null}
    </>
  );
}
