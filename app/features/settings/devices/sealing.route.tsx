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

export const meta: MetaFunction = () => [{ title: 'Where letters are decrypted · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [devices, { forbidden }] = await Promise.all([
    api.devices.list.query(),
    api.accounts.assisted.query(),
  ]);
  return data({ devices, forbidden }, { headers: privateHeaders });
}

const messages: Record<string, string> = {
  forbidden: 'Login without JavaScript is off. Devices that used it are logged out.',
  allowed: 'Login without JavaScript is on again.',
};

export default function Sealing() {
  const { devices, forbidden } = useLoaderData<typeof loader>();
  const message = useFlashMessage(messages);
  return (
    <Page width="form">
      <PageHeading title="Where letters are decrypted">
        <p>
          {forbidden
            ? 'On your devices only. Our server never sees your password, your keys or your letters.'
            : 'With JavaScript, on your device. Without it, on our server, only while the page is being made.'}
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
          {forbidden ? 'Login without JavaScript is off' : 'Login without JavaScript'}
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
          <SubmitButton kind={forbidden ? 'secondary' : 'primary'} pendingLabel="Saving…">
            {forbidden ? 'Turn on again' : 'Turn off'}
          </SubmitButton>
        </TaskForm>
      </section>
      <p className="form-aside">
        To see when and where each device was last used, go to <Link to="/settings/devices">Devices</Link>.
      </p>
      <BackToSettings />
    </Page>
  );
}

function WhatForbiddingMeans() {
  return (
    <div className="prose">
      <p>
        A browser without JavaScript can’t use your keys, so it sends your password, and our server decrypts
        your letters only while the page is being made. Neither is stored. You can turn this off:
      </p>
      <ul>
        <li>You’ll only be able to log in with JavaScript on.</li>
        <li>Devices that are logged in without JavaScript are logged out immediately.</li>
        <li>To reset a forgotten password, you’ll need JavaScript as well as your recovery words.</li>
        <li>You can turn it on again here, from a device with JavaScript.</li>
      </ul>
    </div>
  );
}

function WhatIsForbidden() {
  return (
    <p>
      You can’t log in or reset your password without JavaScript. If you need to, perhaps on an old phone,
      turn it on again.
    </p>
  );
}

/** Explains why a user without JavaScript can't turn it off: they would lock themselves out. */
function OnlySealed() {
  return (
    <Notice kind="info">
      <p>
        On this device, our server decrypts your letters. To turn that off, log in with JavaScript on and open
        this page there. That way you know it works for you first.
      </p>
    </Notice>
  );
}
