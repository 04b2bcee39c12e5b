import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useSearchParams } from '@remix-run/react';
import { ButtonLink, Notice, PageHeading } from '../components/index.ts';
import { privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';

export const meta: MetaFunction = () => [{ title: 'Settings · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePerson(context, request);
  return data(null, { headers: privateHeaders });
}

const pages = [
  {
    to: '/settings/notifications',
    name: 'Notifications',
    about: 'Mail, texts, quiet hours, once a day',
    action: 'Change',
  },
  { to: '/settings/password', name: 'Password', about: 'What you log in with', action: 'Change' },
  {
    to: '/settings/recovery',
    name: 'Recovery words',
    about: 'The twelve words that open your letters without the password',
    action: 'Renew',
  },
];

const said: Record<string, string> = {
  password: 'Your password is changed. Every other device is logged out.',
};

export default function Settings() {
  const done = said[useSearchParams()[0].get('done') ?? ''];
  return (
    <Page width="list">
      <PageHeading title="Settings" />
      {done ? <Notice kind="success">{done}</Notice> : null}
      <ul className="people">
        {pages.map(({ to, name, about, action }) => (
          <li key={to} className="person">
            <div>
              <h2 className="person-name">{name}</h2>
              <p className="field-hint">{about}</p>
            </div>
            <ButtonLink to={to} kind="secondary">
              {action} <span className="visually-hidden">{name.toLowerCase()}</span>
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Page>
  );
}
