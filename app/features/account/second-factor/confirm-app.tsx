import { Form, Link } from '@remix-run/react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { twoFactorPath } from './tasks.ts';

/** `shown` keeps the browser from showing a picture of an earlier secret. */
interface PendingSecret {
  uri: string;
  text: string;
  shown: number;
}

/** The secret for the app, in three ways, and the code that shows it has arrived there. */
export function ConfirmApp({ pending }: { pending: PendingSecret }) {
  return (
    <>
      <PageHeading title="Show it to your app">
        <p>Any app for such codes will do. Scan this picture with it, then type the code it shows.</p>
      </PageHeading>
      <TaskForm kind="plain" before={<Secret {...pending} />}>
        <CodeField hint="The six digits the app shows now. They change every half minute." />
        <SubmitButton pendingLabel="Looking at it…">Switch it on</SubmitButton>
      </TaskForm>
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

function Secret({ uri, text, shown }: PendingSecret) {
  return (
    <>
      <img
        className="factor-qr"
        src={`${twoFactorPath}/app.svg?shown=${shown}`}
        alt="The secret as a QR code; it stands below as text, too"
        width="220"
        height="220"
      />
      <p>
        The app is on this device? <a href={uri}>Open it there.</a> No camera? Type this key, by time, six
        digits:
      </p>
      <p className="factor-secret" translate="no">
        {text.match(/.{1,4}/g)?.join(' ')}
      </p>
    </>
  );
}
