import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { SettingIcon } from './setting-icon.tsx';
import { readSettingsNow } from './settings-now.server.ts';
import { settingsPages } from './settings-pages.ts';
import { StorageUse } from './storage-use.tsx';

export const meta: MetaFunction = () => [{ title: 'Settings · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const [storage, now] = await Promise.all([api.storage.read.query(), readSettingsNow(api)]);
  return data({ storage, now }, { headers: privateHeaders });
}

const messages: Record<string, string> = {
  kept: 'We’ve kept your account. Glad you’re staying.',
  password: 'Password changed. All other devices are logged out.',
};

export default function Settings() {
  const { storage, now } = useLoaderData<typeof loader>();
  const done = useFlashMessage(messages);
  return (
    <Page width="list">
      <PageHeading title="Settings" />
      {done ? <Notice kind="success">{done}</Notice> : null}
      {settingsPages.map(({ title, pages }) => (
        <section key={title} className="settings-group" aria-label={title}>
          <h2>{title}</h2>
          <ul className="setting-rows">
            {pages.map(({ to, icon, name, about, value }) => (
              <li key={to}>
                <Link to={to} className="setting-row">
                  <SettingIcon name={icon} />
                  <span className="setting-name">{name}</span>
                  <span className="visually-hidden">: </span>
                  <bdi className="setting-value">{value ? now[value] : about}</bdi>
                  <SettingIcon name="chevron" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <StorageUse {...storage} />
    </Page>
  );
}
