import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigate, useNavigation } from '@remix-run/react';
import { askWithProof } from '#app/browser/session/ask-with-proof.ts';
import { attempt, formProblem, orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { proofProblem } from '#app/http/proof-problem.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { useKeysOf } from '#app/modes/use-keys-of.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useSaid } from '#app/ui/use-said.ts';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'E-mail address · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const state = await orErrorPage(() => api.emailChange.state());
  return data(state, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  const { email = '', current = '', intent } = fields;
  const refuse = (refusal: ReturnType<typeof formProblem>, status: number) =>
    data({ problem: refusal, email }, { status, headers: privateHeaders });
  if (problem) return refuse(formProblem(problem), 400);
  if (intent === 'cancel') {
    await api.emailChange.cancel();
    throw redirect('/settings/email?done=cancelled');
  }
  const outcome = await attempt(() => api.emailChange.request({ email, proof: { password: current } }));
  if (!outcome.ok) return refuse(proofProblem(outcome.problem), outcome.status);
  throw redirect(asked);
}

const asked = '/settings/email?done=asked';

const said: Record<string, string> = {
  asked: 'Two mails are on their way: one to each address.',
  cancelled: 'Called off. Your address stays as it is, and the links in the mails are dead.',
};

export default function EmailSettings() {
  const { email, waiting } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  const message = useSaid(said);
  const keysOf = useKeysOf();
  const navigate = useNavigate();
  const ask = async (fields: FormData) => {
    await askWithProof(keysOf ?? '', fields, (api, proof) =>
      api.emailChange.request.mutate({ email: String(fields.get('email')), proof }),
    );
    navigate(asked);
    return 'staying' as const;
  };
  return (
    <Page width="form">
      <PageHeading title="E-mail address">
        <p>
          You use <strong>{email}</strong>.
        </p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      <FormProblem problem={refused?.problem} />
      {waiting ? (
        <section aria-labelledby="waiting-heading" className="panel">
          <h2 id="waiting-heading">Waiting for both addresses</h2>
          <div className="prose">
            <ul>
              <li>
                <strong>{waiting.email}</strong>, the new one:{' '}
                {waiting.newAgreed ? 'confirmed' : waiting.bounced ? bounced : 'not confirmed yet'}
              </li>
              <li>
                <strong>{email}</strong>, yours until now: {waiting.oldAgreed ? 'agreed' : 'not agreed yet'}
              </li>
            </ul>
          </div>
          <p className="field-hint">
            The links in the mails work once, until{' '}
            <LetterDate at={waiting.expiresAt} timeZone={timeZone} form="full" />.
          </p>
          <Form method="post">
            <SubmitButton name="intent" value="cancel" kind="quiet" pending={busy}>
              Call it off
            </SubmitButton>
          </Form>
        </section>
      ) : null}
      {keysOf === null ? (
        <Form method="post" className="form panel" noValidate>
          <AddressFields
            waiting={waiting !== null}
            typed={refused?.email}
            wrong={refused?.problem.fields ?? {}}
            busy={busy}
          />
        </Form>
      ) : (
        <SealedTask key={waiting?.email} work={ask} className="form panel">
          {(state) => <AddressFields waiting={waiting !== null} {...state} />}
        </SealedTask>
      )}
      <BackToSettings />
    </Page>
  );
}

const bounced = 'its mail server doesn’t take our mail. Is there a typing error in it?';

interface AddressFieldsProps extends FieldsState {
  /** Whether another address is being asked already. */
  waiting: boolean;
  typed?: string | undefined;
}

function AddressFields({ waiting, typed, wrong, busy }: AddressFieldsProps) {
  return (
    <>
      <h2>{waiting ? 'Or another one' : 'Another address'}</h2>
      <Field
        name="email"
        type="email"
        label="Your new address"
        hint="We write to both addresses. Only when you have used the links in both mails does it change."
        defaultValue={typed}
        error={wrong.email}
        maxLength={limits.emailMax}
        required
        autoComplete="email"
      />
      <PasswordField error={wrong.current} />
      <SubmitButton pending={busy} pendingLabel="One moment…">
        Ask both addresses
      </SubmitButton>
    </>
  );
}
