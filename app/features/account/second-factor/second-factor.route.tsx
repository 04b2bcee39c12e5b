import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useLocation } from '@remix-run/react';
import { useState } from 'react';
import { formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { CodesCard } from './codes-card.tsx';
import { ConfirmApp } from './confirm-app.tsx';
import { FactorOverview } from './factor-overview.tsx';
import { FactorTask } from './factor-task.tsx';
import { tasks } from './run-task.server.ts';
import { messages, taskOf, twoFactorPath } from './tasks.ts';

export const meta: MetaFunction = () => [{ title: 'Two-step login · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [settings, me] = await Promise.all([api.secondFactor.settings.query(), api.accounts.me.query()]);
  const task = taskOf(new URL(request.url).searchParams, settings);
  const secret = task?.name === 'confirm' ? await api.secondFactor.pendingApp.query() : null;
  return data(
    {
      settings,
      task,
      pending: secret && { ...secret, shown: Date.now() },
      username: me?.username ?? '',
    },
    { headers: privateHeaders },
  );
}

export const action = userAction([], async ({ api, request, fields }) => {
  const { current = '', code = '', name = '', intent } = fields;
  if (intent === 'cancel') {
    await api.secondFactor.cancelApp.mutate();
    throw redirect(`${twoFactorPath}?done=cancelled`);
  }
  const task = taskOf(new URL(request.url).searchParams, await api.secondFactor.settings.query());
  const run = task && tasks[task.name];
  if (!run)
    return data({ problem: formProblem(goneTask), codes: null }, { status: 400, headers: privateHeaders });
  const { codes, next } = await run(api, { current, code, name, id: task.passkey?.id ?? '' });
  // Not after a redirect: the server would have to store them until then.
  if (codes) return data({ problem: null, codes }, { headers: privateHeaders });
  throw redirect(next ? `${twoFactorPath}?do=${next}` : `${twoFactorPath}?done=${task.name}`);
});

const goneTask = 'That’s no longer possible, so nothing has changed.';

export default function TwoFactor() {
  const { key } = useLocation();
  return <TwoFactorAt key={key} />;
}

/** @param key the history entry: leaving it drops the codes */
function TwoFactorAt() {
  const { settings, task, pending, username } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const [renewed, setRenewed] = useState<string[] | null>(null);
  const message = useFlashMessage(messages);
  const codes = renewed ?? (answered && 'codes' in answered ? answered.codes : null);
  if (codes) {
    return (
      <Page width="form">
        <CodesCard codes={codes} username={username} />
      </Page>
    );
  }
  if (pending) {
    return (
      <Page width="form">
        <ConfirmApp pending={pending} />
      </Page>
    );
  }
  if (task && task.name !== 'confirm') {
    return (
      <Page width="form">
        <FactorTask task={task} settings={settings} onCodes={setRenewed} />
      </Page>
    );
  }
  return (
    <Page width="form">
      <FactorOverview settings={settings}>
        {message && !answered ? <Notice kind="success">{message}</Notice> : null}
        {answered?.problem ? (
          <Notice kind="error" focusOn={answered}>
            {answered.problem.message}
          </Notice>
        ) : null}
        {task ? <Notice kind="info">That setup was already confirmed, or it took too long.</Notice> : null}
      </FactorOverview>
    </Page>
  );
}
