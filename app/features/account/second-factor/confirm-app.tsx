import { Form, Link } from '@remix-run/react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { twoFactorPath } from './tasks.ts';

/** A secret to confirm. `shown` keeps the browser from showing the image of an earlier one. */
interface PendingSecret {
  uri: string;
  text: string;
  shown: number;
}

/** Shows the app's secret in three ways, and asks for a code that proves the app has it. */
export function ConfirmApp({ pending }: { pending: PendingSecret }) {
  return (
    <>
      <PageHeading title="Scan this with your app">
        <p>Any authenticator app will do. Scan the QR code, then enter the code the app shows.</p>
      </PageHeading>
      <TaskForm kind="plain" before={<Secret {...pending} />}>
        <CodeField hint="The 6 digits in the app. They change every 30 seconds." />
        <SubmitButton pendingLabel="Checking…">Turn on</SubmitButton>
      </TaskForm>
      <Form method="post" className="form-aside">
        <SubmitButton name="intent" value="cancel" kind="quiet">
          Cancel
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to={twoFactorPath}>Back to two-step login</Link>
      </p>
    </>
  );
}

function Secret({ uri, text, shown }: PendingSecret) {
  return (
    <>
      <img
        className="factor-qr"
        src={`${twoFactorPath}/app.svg?shown=${shown}`}
        alt="QR code for your authenticator app; the same key is below as text"
        width="220"
        height="220"
      />
      <p>
        Is the app on this device? <a href={uri}>Open it there.</a> No camera? Enter this key (time-based, 6
        digits):
      </p>
      <p className="factor-secret" translate="no">
        {text.match(/.{1,4}/g)?.join(' ')}
      </p>
    </>
  );
}
