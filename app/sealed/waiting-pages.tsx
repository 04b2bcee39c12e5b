import { Form } from '@remix-run/react';
import { ButtonLink, EmptyState, SubmitButton } from '../components/index.ts';
import type { Opening } from './open-sealed.ts';

/** In the place of a page that is sealed: while it is being opened, or because it cannot be opened here. */
export function NotOpened({ opening, what }: { opening: Opening; what: string }) {
  if (opening === 'away') return <KeysAway />;
  return opening === 'damaged' ? <Damaged what={what} /> : <OpeningNow what={what} />;
}

/** @param heading the page has one of its own: this is a line in it */
export function OpeningNow({ what, heading: Heading = 'h1' }: { what: string; heading?: 'h1' | 'p' }) {
  return (
    <div className="opening">
      <Heading className="opening-line">Opening {what}…</Heading>
      <noscript>
        <p>
          You logged in with JavaScript, so your keys are with the script of this browser, and it is off now.
          Turn it on again, or log out and log in without it.
        </p>
      </noscript>
    </div>
  );
}

function Damaged({ what }: { what: string }) {
  return (
    <EmptyState
      picture="lost"
      title="This is damaged"
      heading="h1"
      actions={<ButtonLink to="/drafts">To your drafts</ButtonLink>}
    >
      <p>
        Something has changed {what} since it was sealed, so it cannot be opened, and nothing is saved in its
        place.
      </p>
    </EmptyState>
  );
}

/** The session is there and its keys are not: the browser has cleared its storage, or the cookie came from elsewhere. */
export function KeysAway() {
  return (
    <EmptyState picture="seal" title="Your keys are not in this browser" heading="h1">
      <p>
        You are logged in, but what opens your letters is gone from here: browsers clear it now and then.
        Nothing is lost. Log out and in again, and it is back.
      </p>
      <Form method="post" action="/logout" className="button-row button-row-centred">
        <SubmitButton>Log out</SubmitButton>
      </Form>
    </EmptyState>
  );
}
