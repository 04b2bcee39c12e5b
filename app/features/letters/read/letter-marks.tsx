import { Form } from '@remix-run/react';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import type { PersonName, ReadableLetter } from '#core/letters/letter-view.ts';

type LetterMarksProps = Pick<ReadableLetter, 'role' | 'starred' | 'archived'> & { friend: PersonName };

/** Buttons for the reader's own star and archive, and the way to all letters with this friend. */
export function LetterMarks({ role, starred, archived, friend }: LetterMarksProps) {
  return (
    <>
      <Form method="post" preventScrollReset>
        <SubmitButton name="intent" value={starred ? 'unstar' : 'star'} kind="quiet">
          {starred ? 'Remove star' : 'Star'}
        </SubmitButton>
      </Form>
      {role === 'receiver' ? (
        <Form method="post">
          <SubmitButton name="intent" value={archived ? 'unarchive' : 'archive'} kind="quiet">
            {archived ? 'Move to inbox' : 'Archive'}
          </SubmitButton>
        </Form>
      ) : null}
      {friend.username ? (
        <ButtonLink to={`/letters/with/${friend.username}`} kind="quiet">
          All your letters
        </ButtonLink>
      ) : null}
    </>
  );
}
