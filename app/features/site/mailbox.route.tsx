import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { linkify } from '#core/letters/linkify.ts';

export const meta: MetaFunction = () => [{ title: 'Local mailbox · Project BFF' }];

/** Loads the emails that would have been sent. Available only while they stay on this machine. */
export async function loader({ context }: LoaderFunctionArgs) {
  if (!context.localMailbox) throw data(null, { status: 404 });
  return data({ mails: await context.localMailbox() }, { headers: privateHeaders });
}

export default function LocalMailbox() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <Page width="reading">
      <PageHeading title="Local mailbox">
        <p>No mail server is set up, so emails stay on this machine. Newest first.</p>
      </PageHeading>
      {mails.length === 0 ? (
        <EmptyState picture="mailbox" title="Empty" />
      ) : (
        <ul className="mails">
          {mails.map((mail) => (
            <li key={mail.id}>
              <article className="panel mail">
                <h2>{mail.subject}</h2>
                <p className="mail-meta">
                  To {mail.to}, <LetterDate at={mail.sentAt} form="full" />
                </p>
                <p className="mail-text">
                  {linkify(mail.text).map((part, index) =>
                    'href' in part && part.href ? (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
                      <a key={index} href={part.href}>
                        {part.text}
                      </a>
                    ) : (
                      part.text
                    ),
                  )}
                </p>
              </article>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
