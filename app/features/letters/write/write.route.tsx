import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import {
  type ClientActionFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useRouteError,
} from '@remix-run/react';
import { type FormProblem, privateHeaders } from '#app/http/errors.server.ts';
import { optionalApi } from '#app/http/session.server.ts';
import { ByMode } from '#app/modes/by-mode.tsx';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorPage } from '#app/ui/error-page.tsx';
import { isOffline } from '#app/ui/is-offline.ts';
import { Page } from '#app/ui/page.tsx';
import type { ShownDraft } from './draft-form.ts';
import { LoggedOutEditor } from './logged-out-editor.tsx';
import { PostedEditor } from './posted-editor.tsx';
import { QuietHeader } from './quiet-header.tsx';
import { isOwn, readPostedForm, readPostedText } from './read-posted-form.server.ts';
import { SealedEditor } from './sealed-editor.tsx';
import { submitPostedForm } from './submit-posted-form.server.ts';
import { useCurrentDraft } from './use-current-draft.ts';
import { writePage } from './write-page.ts';

export const meta: MetaFunction = () => [{ title: 'Write · Project BFF' }];

export const loader = loadPage(writePage);
export const clientLoader = openInBrowser(writePage);

/** Saves the letter as a draft (`intent=save`) or sends it (`intent=send`). */
export async function action({ request, context }: ActionFunctionArgs) {
  // A user who was logged out while writing gets their text back instead of a redirect.
  const isLoggedIn = (await optionalApi(context)) !== null;
  const posted = await (isLoggedIn ? readPostedForm : readPostedText)(request, context);
  try {
    if (isLoggedIn && (await isOwn(context, posted))) return await submitPostedForm(context, posted);
    const { author, draftId, version, words, removePhotoIds } = posted;
    throw data(
      { left: { author, draftId, version, words, removePhotoIds } },
      { status: 401, headers: privateHeaders },
    );
  } finally {
    posted.release();
  }
}

/** Leaves the form untouched when offline: its text exists nowhere else. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!isOffline(error)) throw error;
    const message =
      'You’re offline. Nothing was sent and nothing is lost. Try again when you’re back online.';
    return { draft: null, problem: { message, fields: {} } satisfies FormProblem };
  }
}

export default function Write() {
  const { preview, shown, opening } = usePage(writePage);
  const { friends, stampsOffered, saved } = preview;
  const draft = shown?.opened?.shown ?? preview.fresh;
  if (friends.length === 0) {
    return (
      <Page width="form">
        <EmptyState
          picture="friends"
          title="Add a friend first"
          heading="h1"
          actions={<ButtonLink to="/friends">Add a friend</ButtonLink>}
        >
          <p>You can only write to friends. Send someone your code, or enter theirs.</p>
        </EmptyState>
      </Page>
    );
  }
  if (!draft) {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your draft" />
      </Page>
    );
  }
  const { statuses = null, answered = null } = shown ?? {};
  const editor = { friends, statuses, stampsOffered, saved, answered };
  return (
    <Page width="reading" header={<QuietHeader to="/drafts" label="Drafts" />}>
      <ByMode
        assisted={<Posted {...editor} loaded={draft} />}
        sealed={(username) => (
          <SealedEditor
            {...editor}
            key={`${draft.id}.${draft.version}`}
            username={username}
            draft={draft}
            edited={shown?.opened?.edited ?? null}
          />
        )}
      />
    </Page>
  );
}

type PostedProps = Omit<Parameters<typeof PostedEditor>[0], 'draft' | 'problem'> & { loaded: ShownDraft };

function Posted({ loaded, saved, ...editor }: PostedProps) {
  const refused = useActionData<typeof action | typeof clientAction>();
  const draft = useCurrentDraft(loaded, refused?.draft ?? null);
  return (
    <PostedEditor
      {...editor}
      key={`${draft.id}.${draft.version}`}
      draft={draft}
      problem={refused?.problem ?? null}
      saved={saved && !refused}
    />
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 401 && error.data?.left)
    return <LoggedOutEditor left={error.data.left} />;
  return <ErrorPage />;
}
