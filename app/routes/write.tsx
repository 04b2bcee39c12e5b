import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  isRouteErrorResponse,
  useActionData,
  useLoaderData,
  useRouteError,
} from '@remix-run/react';
import { newId } from '#core/id.ts';
import type { AppCaller } from '../api.server.ts';
import { ButtonLink, EmptyState } from '../components/index.ts';
import { attempt, type FormProblem, orErrorPage, privateHeaders } from '../errors.server.ts';
import { isOffline } from '../is-offline.ts';
import { Page } from '../person-page.tsx';
import { ErrorBoundary as ErrorPage } from '../root.tsx';
import { type DeskData, freshDraft, openLoadedDesk } from '../sealed/desk-data.ts';
import { loadDesk } from '../sealed/load-desk.server.ts';
import { SealedDesk } from '../sealed/sealed-desk.tsx';
import { useOpened } from '../sealed/use-opened.ts';
import { NotOpened } from '../sealed/waiting-pages.tsx';
import { personOf, requirePerson } from '../session.server.ts';
import { LoggedOutDesk } from '../writing/logged-out-desk.tsx';
import { isOwn, readWords, readWriting, type Sheet } from '../writing/read-writing.server.ts';
import { useCurrentSheet } from '../writing/use-current-sheet.ts';
import { WritingDesk } from '../writing/writing-desk.tsx';

export const meta: MetaFunction = () => [{ title: 'Write · Project BFF' }];

/** `?draft=ID` goes on with a draft; else a fresh sheet, to the friend of `?to=NAME` if there is one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const query = new URL(request.url).searchParams;
  const [{ friends }, stampsOffered, desk] = await Promise.all([
    api.friends.list(),
    api.stamps.offered(),
    orErrorPage(() => loadDesk(api, query)),
  ]);
  return data(
    { ...desk, friends, stampsOffered, saved: query.get('done') === 'saved' },
    { headers: privateHeaders },
  );
}

/** In a sealed session the draft is opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openLoadedDesk((await serverLoader<typeof loader>()) as Loaded);
}

/**
 * `intent=save` keeps the letter as a draft, `intent=send` sends it. Photos always go through the draft, so that a letter
 * that is refused, or a crash half-way, loses none of them; the letter takes them over sealed as they are.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await personOf(context);
  // Logged out while writing: the words are given back, not thrown away with a redirection.
  if (!api) throw data({ sheet: await readWords(request) }, { status: 401, headers: privateHeaders });
  const writing = await readWriting(request, context);
  try {
    if (await isOwn(api, writing)) return await saveOrSend(api, writing);
    const { author, sheet, captions, removePhotoIds } = writing;
    const left = { ...sheet, author, captions, removePhotoIds };
    throw data({ sheet: left }, { status: 401, headers: privateHeaders });
  } finally {
    writing.release();
  }
}

async function saveOrSend(api: AppCaller, writing: Awaited<ReturnType<typeof readWriting>>) {
  const { intent, sheet, photos, captions, newCaptions, removePhotoIds, problem } = writing;
  const refuse = async (kept: Sheet, refusal: FormProblem, status: number) => {
    const shown = { ...kept, photos: await photosOf(api, kept, captions) };
    // No field that anybody sees.
    const { version: _, ...fields } = refusal.fields;
    const answer = { sheet: shown, problem: { message: refusal.message, fields } };
    return data(answer, { status, headers: privateHeaders });
  };

  let current = sheet;
  let notes: string[] = problem ? [problem] : [];
  const savesFirst = intent !== 'send' || photos.length > 0 || removePhotoIds.length > 0 || problem !== null;
  if (savesFirst) {
    const { id: draftId, version, to, title, body, stampIdea } = sheet;
    const saved = await attempt(() =>
      api.drafts.save({
        draftId,
        version,
        to,
        title,
        body,
        stampIdea,
        captions,
        removePhotoIds,
        newPhotos: photos.map((photo) => photo.bytes),
        newCaptions,
      }),
    );
    // Sent before: sending once more tells whether it is the same letter, or another one on a used sheet.
    const sentBefore =
      !saved.ok && intent === 'send' && saved.status === 409 && (await wasSent(api, draftId));
    if (!saved.ok && !sentBefore) return refuse(sheet, saved.problem, saved.status);
    if (saved.ok) {
      const { version: next, photos: kept, savedAt } = saved.value;
      current = { ...sheet, version: next, photos: kept, savedAt };
      notes = [...notes, ...saved.value.refusedPhotos];
    }
    if (notes.length > 0) {
      const message = notes.join(' ');
      return refuse(current, { message, fields: { photos: message } }, 400);
    }
    if (intent !== 'send') throw redirect(`/write?draft=${draftId}&done=saved`);
  }
  const sent = await attempt(() =>
    api.letters.send({
      letterId: current.id,
      to: current.to,
      title: current.title,
      body: current.body,
      stampIdea: current.stampIdea,
      captions,
      draftVersion: current.version,
    }),
  );
  if (!sent.ok && sent.problem.fields.key) {
    // The friend has new keys: the words wait as a draft while the person looks at the safety number.
    const { id: draftId, version, to, title, body, stampIdea } = current;
    const kept =
      savesFirst ||
      (await attempt(() => api.drafts.save({ draftId, version, to, title, body, stampIdea, captions }))).ok;
    if (kept) throw redirect(`/friends/${to}/safety?draft=${draftId}`);
  }
  if (!sent.ok && sent.status === 409 && !sent.problem.fields.key && !sent.problem.fields.version)
    return refuse({ ...current, id: newId(), version: 0, photos: [] }, sent.problem, sent.status);
  if (!sent.ok) return refuse(current, sent.problem, sent.status);
  throw redirect(`/letters/${sent.value.letterId}?done=sent`);
}

/** The photos of a refused sheet, with the lines that were typed for them; without a draft there are none. */
async function photosOf(api: AppCaller, { id, version, photos }: Sheet, captions: Record<string, string>) {
  const draft =
    version > 0 && photos.length === 0
      ? await attempt(() => api.drafts.open({ id }))
      : { ok: false as const };
  const kept = draft.ok ? draft.value.photos : photos;
  return kept.map((photo) => ({ ...photo, caption: captions[photo.photoId] ?? photo.caption }));
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

/**
 * Whether another press of the same button has sent this letter: of two, only the second is answered. The first may be a
 * moment behind, as both work on the photos.
 */
async function wasSent(api: AppCaller, id: string): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const letter = await attempt(() => api.letters.read({ id }));
    if (letter.ok) return letter.value.role === 'author';
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return false;
}

type Loaded = DeskData & {
  friends: { username: string; displayName: string }[];
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
  stampsOffered: boolean;
  saved: boolean;
}

/** The desk of a session whose letters are sealed by the server. */
function OpenDesk({ sheet: loaded, friends, stampsOffered, saved }: OpenDeskProps) {
  const refused = useActionData<typeof action | typeof clientAction>();
  const sheet = useCurrentSheet(loaded, refused?.sheet ?? null);
  return (
    <WritingDesk
      key={`${sheet.id}.${sheet.version}`}
      sheet={sheet}
      friends={friends}
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
