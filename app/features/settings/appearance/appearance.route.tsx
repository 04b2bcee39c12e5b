import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { appearanceCookie, appearanceOf, readAppearance } from '#app/http/appearance.server.ts';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { AppearanceFields } from '#app/ui/appearance-fields.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';

export const meta: MetaFunction = () => [{ title: 'Appearance · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  return data(appearanceOf(request), { headers: privateHeaders });
}

export const action = userAction([], async ({ context, fields }) =>
  redirect(letterIn(fields.next) ?? '/settings/appearance?done=saved', {
    headers: { 'Set-Cookie': appearanceCookie(readAppearance(fields), context) },
  }),
);

/** Returns the letter that is being read, to go back to; null for anything else. */
const letterIn = (next: string | null | undefined) =>
  /^\/letters\/[0-9a-f]{24}$/.exec(next ?? '')?.[0] ?? null;

export default function Appearance() {
  const appearance = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const search = useSearchParams()[0];
  const saved = search.has('done') && !refused;
  const letter = letterIn(search.get('next'));
  return (
    <Page width="form">
      <PageHeading title="Appearance">
        <p>For this device only.</p>
      </PageHeading>
      {saved ? <Notice kind="success">Saved.</Notice> : null}
      <TaskForm kind="plain" className="form panel">
        {letter ? <input type="hidden" name="next" value={letter} /> : null}
        <AppearanceFields value={appearance} />
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}
