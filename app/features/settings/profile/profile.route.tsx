import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { Field, SelectField } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { type DateLocale, dateLocales, writeDate } from '#core/dates/write-date.ts';
import { limits } from '#core/schemas/limits.ts';
import { offerTimeZones } from '../offer-time-zones.server.ts';
import { TimeZoneField } from '../time-zone-field.tsx';

export const meta: MetaFunction = () => [{ title: 'Profile · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const profile = await api.profile.read.query();
  return data({ profile, ...offerTimeZones(request, profile.timeZone) }, { headers: privateHeaders });
}

export const action = userAction('all', async ({ api, fields }) => {
  const { displayName = '', timeZone = '', locale = '' } = fields;
  // Unchecked: the schema reports what is wrong.
  await api.profile.save.mutate({ displayName, timeZone, locale: locale as DateLocale });
  return redirect('/settings/profile?done=saved');
});

const sample = new Date(Date.UTC(2026, 10, 3, 17, 5));
const dateStyles = dateLocales.map((locale) => ({
  value: locale,
  label: writeDate(sample, 'UTC', locale, 'full'),
}));

export default function ProfileSettings() {
  const { profile, timeZone, timeZones: zones } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const saved = useSearchParams()[0].has('done') && !refused;
  return (
    <Page width="form">
      <PageHeading title="Profile">
        <p>How your friends see you, and how you see dates.</p>
      </PageHeading>
      {saved ? <Notice kind="success">Saved.</Notice> : null}
      <TaskForm kind="plain" className="form panel">
        <Field
          name="displayName"
          label="Your name"
          hint={`Shown next to your username, ${profile.username}.`}
          defaultValue={profile.displayName}
          maxLength={limits.displayNameMax}
          autoComplete="nickname"
        />
        <TimeZoneField
          zones={zones}
          hint="Used for dates and quiet hours."
          placeholder="Automatic"
          defaultValue={timeZone}
        />
        <SelectField
          name="locale"
          label="Date format"
          defaultValue={profile.locale}
          options={dateStyles}
          required
        />
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </TaskForm>
      <ul className="people">
        <li className="person">
          <div>
            <h2 className="person-name">Mobile number</h2>
            <p className="field-hint">{profile.mobile ?? 'None'}</p>
          </div>
          <ButtonLink to="/settings/notifications#mobile-heading">
            {profile.mobile ? 'Change' : 'Add'} <span className="visually-hidden">your mobile number</span>
          </ButtonLink>
        </li>
      </ul>
      <BackToSettings />
    </Page>
  );
}
