import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { deviceModes } from './device-modes.ts';
import { DeviceName } from './device-name.tsx';

export const meta: MetaFunction = () => [{ title: 'Where letters are opened · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [devices, { forbidden }] = await Promise.all([
    api.devices.list.query(),
    api.accounts.assisted.query(),
  ]);
  return data({ devices, forbidden }, { headers: privateHeaders });
}

const said: Record<string, string> = {
  forbidden: 'From now on your password stays in your browsers. Devices without JavaScript are logged out.',
  allowed: 'You can log in without JavaScript again.',
};

export default function Sealing() {
  const { devices, forbidden } = useLoaderData<typeof loader>();
  const message = useFlashMessage(said);
  return (
    <Page width="form">
      <PageHeading title="Where letters are opened">
        <p>
          {forbidden
            ? 'On your devices only: the server never sees your password, a key or a letter.'
            : 'With JavaScript, on your device. Without it, by the server, for as long as a page takes.'}
        </p>
      </PageHeading>
      {message ? <Notice kind="success">{message}</Notice> : null}
      <ul className="people" aria-label="Your devices">
        {devices.map((device) => (
          <li key={device.id} className="person">
            <div>
              <DeviceName device={device} />
              <p className="field-hint">Letters are {deviceModes[device.mode]}.</p>
            </div>
          </li>
        ))}
      </ul>
      <section className="panel" aria-labelledby="switch-heading">
        <h2 id="switch-heading">
          {forbidden ? 'Log-in without JavaScript is off' : 'Log-in without JavaScript'}
        </h2>
        {forbidden ? <WhatIsForbidden /> : <WhatForbiddingMeans />}
        <TaskForm
          key={String(forbidden)}
          kind="user"
          plain={<OnlySealed />}
          run={async ({ api, prove }) => {
            await api.accounts.setAssisted.mutate({ proof: await prove(), forbidden: !forbidden });
            return { navigate: `/settings/sealing?done=${forbidden ? 'allowed' : 'forbidden'}` };
          }}
        >
          <PasswordField />
          <SubmitButton kind={forbidden ? 'secondary' : 'primary'} pendingLabel="Noting it…">
            {forbidden ? 'Allow it again' : 'Forbid it'}
          </SubmitButton>
        </TaskForm>
      </section>
      <p className="form-aside">
        When each device was last seen, and where, is in <Link to="/settings/devices">their list</Link>.
      </p>
      <BackToSettings />
    </Page>
  );
}

function WhatForbiddingMeans() {
  return (
    <div className="prose">
      <p>
        A browser without JavaScript cannot work with keys, so it sends your password, and the server opens
        your letters while it makes a page. It keeps neither. You can do without that:
      </p>
      <ul>
        <li>The form without JavaScript then refuses your password, even the right one.</li>
        <li>Devices that are logged in without JavaScript are logged out at once.</li>
        <li>A forgotten password needs a browser with JavaScript, too, and your twelve words.</li>
        <li>It can be undone here, from a device with JavaScript.</li>
      </ul>
    </div>
  );
}

function WhatIsForbidden() {
  return (
    <p>
      The form without JavaScript refuses your password, and so does the one for a forgotten password. Should
      you need them, on an old telephone perhaps, you can allow them again.
    </p>
  );
}

/** Whoever is logged in without JavaScript would lock themselves out. */
function OnlySealed() {
  return (
    <Notice kind="info">
      <p>
        On this device the server opens your letters. To forbid that, log in where JavaScript is on and open
        this page there: so you see first that it works for you.
      </p>
    </Notice>
  );
}
