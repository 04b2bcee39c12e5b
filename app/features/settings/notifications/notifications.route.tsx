import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { AppClient } from '#app/http/api.server.ts';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { PostProblem } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { offerTimeZones } from '../offer-time-zones.server.ts';
import { MobilePanel } from './mobile-panel.tsx';
import { NotificationForm } from './notification-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Notifications · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const settings = await api.notifications.settings.query();
  return data({ settings, ...offerTimeZones(request, settings.timeZone) }, { headers: privateHeaders });
}

const done = { save: 'saved', mobile: 'sent', code: 'confirmed', remove: 'removed' } as const;
type Intent = keyof typeof done;

const kept = ['intent', 'email', 'digestHour', 'sms', 'quietFrom', 'quietTo', 'timeZone', 'mobile'];

export const action = userAction(kept, async ({ api, fields }) => {
  const intent = Object.hasOwn(done, fields.intent ?? '') ? (fields.intent as Intent) : 'save';
  await change(api, intent, fields);
  return redirect(`/settings/notifications?done=${done[intent]}`);
});

async function change(api: AppClient, intent: Intent, fields: Record<string, string>): Promise<void> {
  const { notifications } = api;
  const { email = '', digestHour = '', sms, quietFrom = '', quietTo = '', timeZone = '' } = fields;
  switch (intent) {
    case 'mobile':
      return notifications.setMobile.mutate({ mobile: fields.mobile ?? '' });
    case 'code':
      return notifications.confirmMobile.mutate({ code: fields.code ?? '' });
    case 'remove':
      return notifications.removeMobile.mutate();
    default: {
      // Unchecked: the schema reports what is wrong.
      const settings = {
        email: email as 'each',
        digestHour,
        sms: sms === 'on',
        quietFrom,
        quietTo,
        timeZone,
      };
      return notifications.save.mutate(settings);
    }
  }
}

const messages: Record<string, string> = {
  saved: 'Saved.',
  sent: 'We’ve texted you a code. Enter it below.',
  confirmed: 'Your number is confirmed. From now on, we’ll text you when a letter arrives.',
  removed: 'Number removed. We won’t text you any more.',
};

const textsOff = {
  stopped:
    'You replied STOP to one of our texts, so we’ve stopped sending them. To get them again, reply START to it, tick the box for texts and save.',
  'bad-number':
    'Your number can’t receive texts, so we’ve stopped sending them. If it’s still the right number, tick the box for texts and save.',
};

export default function NotificationSettings() {
  const { settings, timeZone, timeZones } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const message = useFlashMessage(messages);
  const { sms, mobile, mobileVerified } = settings;
  return (
    <Page width="form">
      <PageHeading title="Notifications">
        <p>How we tell you that a letter has arrived.</p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      <PostProblem />
      {sms === 'stopped' || sms === 'bad-number' ? (
        <Notice kind="error" title="Text messages are off">
          {textsOff[sms]}
        </Notice>
      ) : null}
      <NotificationForm
        settings={settings}
        mobile={settings.textsAvailable && mobileVerified ? mobile : null}
        timeZone={timeZone}
        timeZones={timeZones}
      />
      {settings.textsAvailable ? (
        <MobilePanel mobile={mobile} verified={mobileVerified} code={settings.code} />
      ) : null}
      <BackToSettings />
    </Page>
  );
}
