import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useLoaderData,
  useRouteError,
} from '@remix-run/react';
import { type FormProblem, orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { personOf, requirePerson } from '#app/http/session.server.ts';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { useOpened } from '#app/modes/use-opened.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorPage } from '#app/ui/error-page.tsx';
import { isOffline } from '#app/ui/is-offline.ts';
import { Page } from '#app/ui/page.tsx';
import { type DeskData, freshDraft, openLoadedDesk } from './desk-data.ts';
import { loadDesk } from './load-desk.server.ts';
import { loadFriendKeys } from './load-friend-keys.server.ts';
import { LoggedOutDesk } from './logged-out-desk.tsx';
import { isOwn, readWords, readWriting, type Sheet } from './read-writing.server.ts';
import { saveOrSend } from './save-or-send.server.ts';
import { SealedDesk } from './sealed-desk.tsx';
import { useCurrentSheet } from './use-current-sheet.ts';
import type { FriendKeys } from './use-key-standings.ts';
import { WritingDesk } from './writing-desk.tsx';

export const meta: MetaFunction = () => [{ title: 'Write · Project BFF' }];

/** `?draft=ID` goes on with a draft; else a fresh sheet, to the friend of `?to=NAME` if there is one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const query = new URL(request.url).searchParams;
  const [{ friends }, stampsOffered, friendKeys, desk] = await Promise.all([
    api.friends.list(),
    api.stamps.offered(),
    loadFriendKeys(api),
    orErrorPage(() => loadDesk(api, query)),
  ]);
  return data(
    { ...desk, friends, friendKeys, stampsOffered, saved: query.get('done') === 'saved' },
    { headers: privateHeaders },
  );
}

/** In a sealed session the draft is opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openLoadedDesk((await serverLoader<typeof loader>()) as Loaded);
}

/** `intent=save` keeps the letter as a draft, `intent=send` sends it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await personOf(context);
  // Logged out while writing: the words are given back, not thrown away with a redirection.
  if (!api)
    throw data({ sheet: await readWords(request, context) }, { status: 401, headers: privateHeaders });
  const writing = await readWriting(request, context);
  try {
    if (await isOwn(api, writing)) return await saveOrSend(api, writing);
    const { author, sheet, captions, removePhotoIds, photoOrder, moved } = writing;
    const left = { ...sheet, author, captions, removePhotoIds, photoOrder, moved };
    throw data({ sheet: left }, { status: 401, headers: privateHeaders });
  } finally {
    writing.release();
  }
}

/** With a script, a form that finds no network stays as it is: its words are nowhere else. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  try {
    return await serverAction<typeof action>();
  } catch (error) {
    if (!isOffline(error)) throw error;
    const message = 'The network is away: nothing was sent, and nothing is lost. Try again when it is back.';
    return { sheet: null, problem: { message, fields: {} } satisfies FormProblem };
  }
}

type Loaded = DeskData & {
  friends: { username: string; displayName: string }[];
  friendKeys: FriendKeys;
  stampsOffered: boolean;
  saved: boolean;
};

export default function Write() {
  const loaded = useOpened(useLoaderData<typeof clientLoader>() as Loaded, openLoadedDesk<Loaded>);
  if (loaded.friends.length === 0) {
    return (
      <Page width="form">
        <EmptyState
          picture="friends"
          title="First, a friend"
          heading="h1"
          actions={<ButtonLink to="/friends">Add a friend</ButtonLink>}
        >
          <p>Letters go to friends only. Send them your code, or type theirs.</p>
        </EmptyState>
      </Page>
    );
  }
  if (!loaded.sheet) {
    return (
      <Page width="form">
        <NotOpened opening={loaded.opening} what="your draft" />
      </Page>
    );
  }
  return (
    <Page width="reading">
      {loaded.sealedFor === null ? (
        <OpenDesk {...loaded} sheet={loaded.sheet} />
      ) : (
        <SealedDesk
          {...loaded}
          key={`${loaded.sheet.id}.${loaded.sheet.version}`}
          sheet={loaded.sheet}
          username={loaded.sealedFor}
          draft={loaded.draft ?? freshDraft(loaded.sheet.id)}
        />
      )}
    </Page>
  );
}

interface OpenDeskProps {
  sheet: Sheet;
  friends: { username: string; displayName: string }[];
  friendKeys: FriendKeys;
  stampsOffered: boolean;
  saved: boolean;
}

/** The desk of a session whose letters are sealed by the server. */
function OpenDesk({ sheet: loaded, friends, friendKeys, stampsOffered, saved }: OpenDeskProps) {
  const refused = useActionData<typeof action | typeof clientAction>();
  const sheet = useCurrentSheet(loaded, refused?.sheet ?? null);
  return (
    <WritingDesk
      key={`${sheet.id}.${sheet.version}`}
      sheet={sheet}
      friends={friends}
      friendKeys={friendKeys}
      stampsOffered={stampsOffered}
      problem={refused?.problem ?? null}
      saved={saved && !refused}
    />
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 401 && error.data?.sheet)
    return <LoggedOutDesk sheet={error.data.sheet} />;
  return <ErrorPage />;
}
