import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigate, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { attempt, privateHeaders, throwNotFound } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { browserAccess } from '#app/modes/browser-access.ts';
import { ByMode } from '#app/modes/by-mode.tsx';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { requireAccess } from '#app/modes/server-access.server.ts';
import { useSealing } from '#app/modes/use-sealing.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { SealedForm } from '#app/ui/sealed-fields.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { LetterView } from '#core/letters/letter-view.ts';
import { Journey } from './journey.tsx';
import { Posting } from './posting.tsx';
import { useArrival } from './use-arrival.ts';

export const meta: MetaFunction = () => [{ title: 'Your letter · Project BFF' }];

/** Where a sent letter is, for its author: its envelope, never its text. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const id = params.id ?? '';
  const { role, ...letter } = await throwNotFound(() => api.letters.get.query({ id }));
  if (role === 'receiver') throw redirect(`/letters/${id}`);
  const { receiver, author, status, failureReason, sentAt, deliverAt, deliveredAt, readAt, stampSeed } =
    letter;
  const leftMs = deliverAt ? Math.max(0, deliverAt.getTime() - Date.now()) : null;
  return data(
    {
      id,
      receiver,
      author,
      status,
      failureReason,
      sentAt,
      deliverAt,
      deliveredAt,
      readAt,
      stampSeed,
      leftMs,
    },
    { headers: privateHeaders },
  );
}

/**
 * Sends a letter again that couldn't be delivered, or calls one back, where the server holds the
 * author's keys.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const id = params.id ?? '';
  const { fields } = await readForm(request);
  if (fields.intent === 'retry') {
    const retried = await attempt(() => api.letters.retry.mutate({ id }));
    if (retried.ok) throw redirect(`/letters/${id}/sent`);
    return data({ problem: retried.problem.message }, { status: retried.status, headers: privateHeaders });
  }
  const access = await requireAccess(context);
  const { callBack } = await import('#core/letters/call-back.ts');
  const outcome = await attempt(() => callBack(access, id));
  if (outcome.ok && outcome.value === 'called-back') throw redirect(`/write?draft=${id}`);
  const problem = outcome.ok ? unreadable : outcome.problem.message;
  return data({ problem }, { status: outcome.ok ? 409 : outcome.status, headers: privateHeaders });
}

const unreadable = 'Your copy of this letter can’t be opened, so it can’t become a draft again.';

const titles: Record<LetterView['status'], (name: string) => string> = {
  scheduled: (name) => `Your letter to ${name} is on its way`,
  queued: (name) => `Your letter to ${name} is on its way`,
  delivered: (name) => `${name} has your letter`,
  read: (name) => `${name} has opened your letter`,
  recalled: (name) => `You called back your letter to ${name}`,
  failed: (name) => `Your letter to ${name} couldn’t be delivered`,
};

export default function SentLetter() {
  const sent = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  const refused = useActionData<typeof action>();
  useArrival(sent.leftMs);
  const { id, receiver, status, failureReason } = sent;
  const isStillHere = !['delivered', 'read'].includes(status);
  return (
    <Page width="form">
      <Posting {...sent} timeZone={timeZone} />
      <PageHeading title={titles[status](writeName(receiver))}>
        <p>{status === 'failed' ? whyFailed(failureReason) : sealedForTwo}</p>
      </PageHeading>
      <Journey {...sent} timeZone={timeZone} />
      {refused ? <Notice kind="error">{refused.problem}</Notice> : null}
      <div className="sent-actions">
        {status === 'failed' && !isFinal(failureReason) ? <Retry /> : null}
        {isStillHere ? (
          <ByMode
            assisted={<PostedCallBack status={status} />}
            sealed={(username) => <SealedCallBack id={id} status={status} username={username} />}
          />
        ) : null}
        <ButtonLink to={`/letters/${id}`} kind={isStillHere ? 'quiet' : 'secondary'}>
          Read your copy
        </ButtonLink>
      </div>
    </Page>
  );
}

type Status = LetterView['status'];

const sealedForTwo = 'It’s sealed, so only the two of you can read it.';

/** Why sending a letter again as it is would fail again. */
const finalFailures: Record<string, string> = {
  'receiver-gone': 'Your friend no longer has an account. You keep your copy.',
  'not-friends': 'You’re no longer friends.',
  'new-keys':
    'Your friend has new keys, and it’s sealed for the old ones. Edit it as a draft and send it again.',
};

const isFinal = (reason: string | null) => reason !== null && Object.hasOwn(finalFailures, reason);

function whyFailed(reason: string | null): string {
  return (reason && finalFailures[reason]) || 'We tried for over an hour. It’s safe here, still sealed.';
}

function Retry() {
  return (
    <Form method="post">
      <SubmitButton name="intent" value="retry">
        Send again
      </SubmitButton>
    </Form>
  );
}

function PostedCallBack({ status }: { status: Status }) {
  const busy = useNavigation().state !== 'idle';
  return (
    <Form method="post">
      <CallBackButton status={status} busy={busy} />
    </Form>
  );
}

function SealedCallBack({ id, status, username }: { id: string; status: Status; username: string }) {
  const navigate = useNavigate();
  const [refused, setRefused] = useState<string | null>(null);
  const { busy, problem, onSeal } = useSealing(async () => {
    const [access, { callBack }] = await Promise.all([
      browserAccess(username),
      import('#core/letters/call-back.ts'),
    ]);
    setRefused(null);
    if (access) {
      if ((await callBack(access, id)) === 'called-back') {
        navigate(`/write?draft=${id}`);
        return 'leaving';
      }
      setRefused(unreadable);
    } else setRefused('Your browser cleared your keys. Log in again, then come back to this page.');
    return 'staying';
  });
  return (
    <>
      <ScriptIsOff />
      {problem || refused ? <Notice kind="error">{problem?.message ?? refused}</Notice> : null}
      <SealedForm onSeal={onSeal}>
        <CallBackButton status={status} busy={busy} />
      </SealedForm>
    </>
  );
}

const callBackLabels: Partial<Record<Status, string>> = {
  recalled: 'Edit as draft',
  failed: 'Make it a draft again',
};

function CallBackButton({ status, busy }: { status: Status; busy: boolean }) {
  return (
    <SubmitButton kind="secondary" pending={busy} pendingLabel="Calling it back…">
      {callBackLabels[status] ?? 'Undo and call it back'}
    </SubmitButton>
  );
}
