import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { appearanceCookie, appearanceOf, readAppearance } from '#app/http/appearance.server.ts';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { Choices } from '../choices.tsx';

export const meta: MetaFunction = () => [{ title: 'Appearance · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  return data(appearanceOf(request), { headers: privateHeaders });
}

export const action = userAction([], async ({ context, fields }) =>
  redirect('/settings/appearance?done=saved', {
    headers: { 'Set-Cookie': appearanceCookie(readAppearance(fields), context) },
  }),
);

const colours = [
  { value: 'device', label: 'Automatic' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const sizes = [
  { value: 'normal', label: <span className="text-sample">Normal</span> },
  { value: 'large', label: <span className="text-sample-large">Large</span> },
  { value: 'larger', label: <span className="text-sample-larger">Larger</span> },
];

export default function Appearance() {
  const appearance = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const saved = useSearchParams()[0].has('done') && !refused;
  return (
    <Page width="form">
      <PageHeading title="Appearance">
        <p>For this device only.</p>
      </PageHeading>
      {saved ? <Notice kind="success">Saved.</Notice> : null}
      <TaskForm kind="plain" className="form panel">
        <Choices name="theme" label="Colours" value={appearance.theme} options={colours} />
        <Choices name="text" label="Text size" value={appearance.text} options={sizes} />
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}
