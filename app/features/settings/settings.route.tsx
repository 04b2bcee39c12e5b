import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { settingsPages } from './settings-pages.ts';
import { StorageUse } from './storage-use.tsx';

export const meta: MetaFunction = () => [{ title: 'Settings · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  return data(await api.storage.read.query(), { headers: privateHeaders });
}

const messages: Record<string, string> = {
  kept: 'We’ve kept your account. Glad you’re staying.',
  password: 'Password changed. All other devices are logged out.',
};

export default function Settings() {
  const storage = useLoaderData<typeof loader>();
  const done = useFlashMessage(messages);
  return (
    <Page width="list">
      <PageHeading title="Settings" />
      {done ? <Notice kind="success">{done}</Notice> : null}
      {settingsPages.map(({ title, pages }) => (
        <section key={title} className="settings-group" aria-label={title}>
          <h2>{title}</h2>
          <ul className="people">
            {pages.map(({ to, name, about, action, object }) => (
              <li key={to} className="person">
                <div>
                  <h3 className="person-name">{name}</h3>
                  <p className="field-hint">{about}</p>
                </div>
                <ButtonLink to={to} kind="secondary">
                  {action} <span className="visually-hidden">{object ?? name.toLowerCase()}</span>
                </ButtonLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <StorageUse {...storage} />
    </Page>
  );
}
