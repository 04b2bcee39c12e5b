import { lazy, type ReactNode, Suspense } from 'react';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import type { Opening } from '../define-page.ts';
import { ScriptIsOff } from '../script-is-off.tsx';

/** A whole login form, loaded lazily because few readers ever need it. */
const PasswordAgain = lazy(async () => ({ default: (await import('./password-again.tsx')).PasswordAgain }));

/** Replaces a sealed page while it is being opened, or if it can't be. */
export function NotOpened({ opening, what, skeleton }: NotOpenedProps) {
  if (opening === 'away') return <KeysAway what={what} />;
  if (opening === 'damaged') return <Damaged what={what} />;
  return (
    <>
      <OpeningNow what={what} />
      {skeleton}
    </>
  );
}

interface NotOpenedProps {
  opening: Opening;
  what: string;
  /** The shape of the page, shown below the words until it is opened. */
  skeleton?: ReactNode;
}

export function OpeningNow({ what, heading: Heading = 'h1' }: { what: string; heading?: 'h1' | 'p' }) {
  return (
    <div className="opening">
      <Heading className="opening-line opening-now">Opening {what}…</Heading>
      <noscript>
        <Heading className="opening-line">This browser can’t open {what}</Heading>
      </noscript>
      <ScriptIsOff />
    </div>
  );
}

function Damaged({ what }: { what: string }) {
  return (
    <EmptyState
      picture="lost"
      title="This is damaged"
      heading="h1"
      actions={<ButtonLink to="/drafts">Drafts</ButtonLink>}
    >
      <p>
        Something has changed {what} since it was sealed, so we can’t open it, and we haven’t saved anything
        over it.
      </p>
    </EmptyState>
  );
}

/**
 * Asks for the password where the session exists without its keys: the browser cleared its storage,
 * or the cookie came from another one.
 */
export function KeysAway({ what }: { what: string }) {
  return (
    <Suspense fallback={<OpeningNow what={what} />}>
      <PasswordAgain
        picture="seal"
        title="Unlock your letters"
        label="Unlock"
        pendingLabel="Opening your letters…"
      >
        <p>Your keys aren’t in this browser any more. Enter your password to unlock. Nothing is lost.</p>
      </PasswordAgain>
    </Suspense>
  );
}
