import { Form, useLocation } from '@remix-run/react';
import { useState } from 'react';
import { ButtonLink, EmptyState, Field, FormProblem, SealedForm, SubmitButton } from '../components/index.ts';
import { SealedCode, type WaitingLogIn, waitFor } from '../second-factor/sealed-code.tsx';
import type { Opening } from './open-sealed.ts';
import { ScriptIsOff } from './script-is-off.tsx';
import { useKeysOf } from './use-keys-of.ts';
import { useSealing } from './use-sealing.ts';

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
      actions={<ButtonLink to="/drafts">To your drafts</ButtonLink>}
    >
      <p>
        Something has changed {what} since it was sealed, so it cannot be opened, and nothing is saved in its
        place.
      </p>
    </EmptyState>
  );
}

/**
 * The session is there and its keys are not: the browser has cleared its storage, or the cookie came from elsewhere. The
 * password brings them back, with a session of its own.
 */
export function KeysAway() {
  const username = useKeysOf() ?? '';
  const here = useLocation();
  const [waiting, setWaiting] = useState<WaitingLogIn | null>(null);
  const { busy, problem, onSeal } = useSealing(async (fields) => {
    const { logIn } = await import('./log-in.ts');
    const { outcome, pending } = await logIn({ username, password: String(fields.get('password')) });
    if (outcome === 'second-factor') {
      setWaiting(await waitFor(pending));
      return 'staying';
    }
    if (outcome === 'logged-in') location.reload();
    else location.assign(`/login?next=${encodeURIComponent(here.pathname + here.search)}`);
    return 'leaving';
  });
  if (waiting) return <SealedCode waiting={waiting} to={here.pathname + here.search} />;
  return (
    <section className="away">
      <EmptyState picture="seal" title="Your keys are not in this browser" heading="h1">
        <p>
          You are logged in, but what opens your letters is gone from here: browsers clear it now and then.
          Nothing is lost. Your password brings it back.
        </p>
      </EmptyState>
      <FormProblem problem={problem} />
      <SealedForm className="form" onSeal={onSeal}>
        <input type="hidden" value={username} autoComplete="username" readOnly />
        <Field
          name="password"
          type="password"
          label="Password"
          error={problem?.fields.password}
          required
          autoComplete="current-password"
        />
        <SubmitButton pending={busy} pendingLabel="Opening your letters…">
          Unlock
        </SubmitButton>
      </SealedForm>
      <Form method="post" action="/logout" className="form-aside">
        <SubmitButton kind="quiet">Log out instead</SubmitButton>
      </Form>
    </section>
  );
}
