import { Form, useNavigation } from '@remix-run/react';
import { TaskForm } from '#app/modes/task-form.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { limits } from '#core/schemas/limits.ts';

type Refusal = 'stopped' | 'bad-number';

type MobilePanelProps = {
  /** E.164, or null when there is none. */
  mobile: string | null;
  verified: boolean;
  code: { refusal: Refusal | null } | null;
};

const refusals: Record<Refusal, string> = {
  stopped:
    'This number replied STOP to one of our texts, so we don’t send it any. Reply START to that text, then request a new code.',
  'bad-number': 'This number can’t receive texts. Is it a typo, or a landline?',
};

export function MobilePanel({ mobile, verified, code }: MobilePanelProps) {
  const busy = useNavigation().state !== 'idle';
  const waiting = mobile !== null && !verified && code !== null;
  return (
    <section aria-labelledby="mobile-heading" className="panel">
      <h2 id="mobile-heading">Your mobile number</h2>
      {mobile && verified ? (
        <p>
          <strong>{mobile}</strong>, confirmed.
        </p>
      ) : null}
      {mobile && !verified && !waiting ? (
        <p>
          <strong>{mobile}</strong>, not confirmed yet. We won’t send texts until it is.
        </p>
      ) : null}
      {waiting && code.refusal ? <Notice kind="error">{refusals[code.refusal]}</Notice> : null}
      {waiting && !code.refusal ? <CodeForm mobile={mobile} /> : null}

      <TaskForm kind="plain" key={mobile} problemShown>
        <Field
          name="mobile"
          type="tel"
          label={verified ? 'New number' : 'Number'}
          hint="Include the country code, like +49 170 1234567. We’ll text it a code. Never shown to anyone."
          defaultValue={verified ? '' : (mobile ?? '')}
          maxLength={limits.mobileMax + 10}
          required
          autoComplete="tel"
        />
        <SubmitButton name="intent" value="mobile" kind="secondary" pendingLabel="One moment…">
          {waiting ? 'Send a new code' : 'Send code'}
        </SubmitButton>
      </TaskForm>
      {mobile ? (
        <Form method="post">
          <SubmitButton name="intent" value="remove" kind="quiet" pending={busy}>
            Remove number
          </SubmitButton>
        </Form>
      ) : null}
    </section>
  );
}

function CodeForm({ mobile }: { mobile: string }) {
  return (
    <TaskForm kind="plain" problemShown>
      <Field
        name="code"
        label="Code"
        hint={`The 6 digits we texted to ${mobile}. They work for 10 minutes.`}
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
      />
      <SubmitButton name="intent" value="code" pendingLabel="Checking…">
        Confirm
      </SubmitButton>
    </TaskForm>
  );
}
