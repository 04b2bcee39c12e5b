import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { knownDeviceCookie, requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { deviceModes } from './device-modes.ts';
import { DeviceName } from './device-name.tsx';

export const meta: MetaFunction = () => [{ title: 'Devices · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  return data({ devices: await api.devices.list.query() }, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) return data(formProblem(problem), { status: 400, headers: privateHeaders });
  const id = fields.end;
  const outcome = await attempt(async () =>
    id ? api.devices.end.mutate({ id }) : api.devices.endOthers.mutate(),
  );
  if (!outcome.ok) return data(outcome.problem, { status: outcome.status, headers: privateHeaders });
  const renamed = outcome.value?.device;
  throw redirect(`/settings/devices?done=${id ? 'one' : 'others'}`, {
    ...(renamed && { headers: { 'Set-Cookie': knownDeviceCookie(context, renamed) } }),
  });
}

const messages: Record<string, string> = {
  one: 'Device logged out.',
  others: 'All other devices are logged out.',
};

export default function Devices() {
  const { devices } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  const message = useFlashMessage(messages);
  return (
    <Page width="list">
      <PageHeading title="Devices">
        <p>Where you’re logged in. Logging out takes effect immediately.</p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      {refused ? (
        <Notice kind="error" focusOn={refused}>
          {refused.message}
        </Notice>
      ) : null}
      <ul className="people" aria-label="Your devices">
        {devices.map((device) => (
          <li key={device.id} className="person device">
            <DeviceName device={device} />
            <dl className="device-facts">
              <dt>Last seen</dt>
              <dd>
                <LetterDate at={device.lastSeenAt} timeZone={timeZone} form="full" />
              </dd>
              {device.address ? (
                <>
                  <dt>From</dt>
                  <dd>{device.address}</dd>
                </>
              ) : null}
              <dt>Logged in</dt>
              <dd>
                <LetterDate at={device.loggedInAt} timeZone={timeZone} />
              </dd>
              <dt>Letters</dt>
              <dd>{deviceModes[device.mode]}</dd>
            </dl>
            {device.current ? null : (
              <Form method="post">
                <SubmitButton name="end" value={device.id} kind="secondary" pending={busy}>
                  Log out <span className="visually-hidden">{device.name ?? 'unknown device'}</span>
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {devices.length > 1 ? (
        <Form method="post" className="form-aside">
          <SubmitButton name="intent" value="others" kind="danger" pending={busy}>
            Log out all other devices
          </SubmitButton>
        </Form>
      ) : null}
      <p className="form-aside">
        Don’t recognise a device? Log it out, then <Link to="/settings/password">change your password</Link>.
        See what happened in <Link to="/settings/activity">your activity</Link>. You can{' '}
        <Link to="/settings/sealing">choose where letters are decrypted</Link>.
      </p>
      <BackToSettings />
    </Page>
  );
}
