import { Form, Link, useNavigation } from '@remix-run/react';
import type { FormProblem as Problem } from '#app/http/errors.server.ts';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { twoFactorPath } from './tasks.ts';

/** The secret for the app, in three ways, and the code that shows it has arrived there. */
export function ConfirmApp({
  pending,
  problem,
}: {
  /** `shown` keeps the browser from showing a picture of an earlier secret. */
  pending: { uri: string; text: string; shown: number };
  problem: Problem | null | undefined;
}) {
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <PageHeading title="Show it to your app">
        <p>Any app for such codes will do. Scan this picture with it, then type the code it shows.</p>
      </PageHeading>
      <FormProblem problem={problem} />
      <img
        className="factor-qr"
        src={`${twoFactorPath}/app.svg?shown=${pending.shown}`}
        alt="The secret as a QR code; it stands below as text, too"
        width="220"
        height="220"
      />
      <p>
        The app is on this device? <a href={pending.uri}>Open it there.</a> No camera? Type this key, by time,
        six digits:
      </p>
      <p className="factor-secret" translate="no">
        {pending.text.match(/.{1,4}/g)?.join(' ')}
      </p>
      <Form method="post" className="form" noValidate>
        <CodeField
          error={problem?.fields.code}
          hint="The six digits the app shows now. They change every half minute."
        />
        <SubmitButton pending={busy} pendingLabel="Looking at it…">
          Switch it on
        </SubmitButton>
      </Form>
      <Form method="post" className="form-aside">
        <SubmitButton name="intent" value="cancel" kind="quiet">
          Call it off
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to={twoFactorPath}>Back to two-factor log-in</Link>
      </p>
    </>
  );
}
