import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { AppCaller } from '#app/http/api.server.ts';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useSaid } from '#app/ui/use-said.ts';
import { offerTimeZones } from '../offer-time-zones.server.ts';
import { MobilePanel } from './mobile-panel.tsx';
import { NoticeForm, type NoticeFormValues } from './notice-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Notifications · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const settings = await api.notifications.settings();
  return data({ settings, ...offerTimeZones(request, settings.timeZone) }, { headers: privateHeaders });
}

const done = { save: 'saved', mobile: 'sent', code: 'confirmed', remove: 'removed' } as const;
type Intent = keyof typeof done;

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  const refuse = (refusal: ReturnType<typeof formProblem>, status: number) =>
    data({ problem: refusal, typed: fields }, { status, headers: privateHeaders });
  if (problem) return refuse(formProblem(problem), 400);
  const intent = Object.hasOwn(done, fields.intent ?? '') ? (fields.intent as Intent) : 'save';
  const outcome = await attempt(() => change(api, intent, fields));
  if (!outcome.ok) return refuse(outcome.problem, outcome.status);
  throw redirect(`/settings/notifications?done=${done[intent]}`);
}

async function change(api: AppCaller, intent: Intent, fields: Record<string, string>): Promise<void> {
  const { notifications } = api;
  const { email = '', digestHour = '', sms, quietFrom = '', quietTo = '', timeZone = '' } = fields;
  switch (intent) {
    case 'mobile':
      return notifications.setMobile({ mobile: fields.mobile ?? '' });
    case 'code':
      return notifications.confirmMobile({ code: fields.code ?? '' });
    case 'remove':
      return notifications.removeMobile();
    default: {
      // As typed: the schema says in words what is wrong with it.
      const settings = {
        email: email as 'each',
        digestHour,
        sms: sms === 'on',
        quietFrom,
        quietTo,
        timeZone,
      };
      return notifications.save(settings);
    }
  }
}

const said: Record<string, string> = {
  saved: 'Saved.',
  sent: 'A code is on its way to your phone. Type it in below.',
  confirmed: 'Your number is confirmed. From now on you get a text when a letter comes.',
  removed: 'The number is forgotten, and no more texts are sent.',
};

const textsOff = {
  stopped:
    'You have answered STOP to one of our texts, so no more are sent. To get them again, answer START to it, tick the box for texts and save.',
  'bad-number':
    'Your number takes no text messages, we were told, so no more are sent. Is it still the right one? If so, tick the box for texts and save.',
};

export default function NotificationSettings() {
  const { settings, timeZone, timeZones: zones } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const pending = useNavigation().state !== 'idle';
  const message = useSaid(said);
  const wrong = refused?.problem.fields ?? {};
  const typed: Record<string, string | undefined> = refused?.typed ?? {};
  const saving = typed.intent === 'save';
  const values: NoticeFormValues = saving
    ? {
        email: typed.email ?? '',
        digestHour: typed.digestHour ?? '',
        sms: typed.sms === 'on',
        quietFrom: typed.quietFrom ?? '',
        quietTo: typed.quietTo ?? '',
        timeZone: typed.timeZone ?? '',
      }
    : { ...settings, digestHour: String(settings.digestHour), sms: settings.sms === 'on', timeZone };
  const { sms, mobile, mobileVerified } = settings;
  return (
    <Page width="form">
      <PageHeading title="Notifications">
        <p>How you are told that a letter has come.</p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      <FormProblem problem={refused?.problem} />
      {sms === 'stopped' || sms === 'bad-number' ? (
        <Notice kind="error" title="Text messages are off">
          {textsOff[sms]}
        </Notice>
      ) : null}
      <NoticeForm
        values={values}
        emailAddress={settings.emailAddress}
        mobile={settings.textsAvailable && mobileVerified ? mobile : null}
        timeZones={zones}
        wrong={wrong}
        pending={pending}
      />
      {settings.textsAvailable ? (
        <MobilePanel
          mobile={mobile}
          verified={mobileVerified}
          code={settings.code}
          typed={typed.mobile}
          wrong={wrong}
          pending={pending}
        />
      ) : null}
      <BackToSettings />
    </Page>
  );
}
