import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { PasswordAgain } from '#app/modes/unlock/password-again.tsx';
import { OpeningNow } from '#app/modes/unlock/waiting-pages.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { usePendingWords } from './use-pending-words.ts';

/** What a sealed session does with recovery words that are to be confirmed, once the browser has found them. */
export function WithPendingWords({
  username,
  children,
}: {
  username: string;
  children: (words: string[]) => ReactNode;
}) {
  const words = usePendingWords(username);
  if (words === 'gone') return <WordsGone />;
  if (words !== 'opening') return children(words);
  return (
    <>
      <OpeningNow what="your words" />
      <noscript>
        <Form method="post" action="/logout" className="form-aside">
          <SubmitButton kind="quiet">Log out</SubmitButton>
        </Form>
      </noscript>
    </>
  );
}

/** Words are shown where they were made and nowhere else; a log-in makes new ones. */
function WordsGone() {
  return (
    <PasswordAgain
      picture="seal"
      title="Your words are not in this browser"
      label="Show me new words"
      pendingLabel="Choosing words…"
    >
      <p>
        They have not left the browser that made them, so nobody can show them again. Nothing is lost: your
        password makes twelve new ones, and only those count.
      </p>
    </PasswordAgain>
  );
}
