import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  type ClientActionFunctionArgs,
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
import { personOf, requirePerson } from '../session.server.ts';
import { LoggedOutDesk } from '../writing/logged-out-desk.tsx';
import { readWords, readWriting, type Sheet } from '../writing/read-writing.server.ts';
import { useCurrentSheet } from '../writing/use-current-sheet.ts';
import { WritingDesk } from '../writing/writing-desk.tsx';

export const meta: MetaFunction = () => [{ title: 'Write · Project BFF' }];

/** `?draft=ID` goes on with a draft; else a fresh sheet, to the friend of `?to=NAME` if there is one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const query = new URL(request.url).searchParams;
  const draftId = query.get('draft');
  const [{ friends }, stampsOffered] = await Promise.all([api.friends.list(), api.stamps.offered()]);
  const sheet: Sheet = draftId
    ? await orErrorPage(() => api.drafts.open({ id: draftId })).then((draft) => ({
        ...draft,
        to: draft.to ?? '',
        savedAt: draft.updatedAt,
      }))
    : { id: newId(), version: 0, to: query.get('to') ?? '', title: '', body: '', photos: [], savedAt: null };
  return data(
    { friends, stampsOffered, sheet, saved: query.get('done') === 'saved' },
    { headers: privateHeaders },
  );
}

/**
 * `intent=save` keeps the letter as a draft, `intent=send` sends it. Photos always go through the draft, so that a letter
 * that is refused, or a crash half-way, loses none of them; the letter takes them over sealed as they are.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await personOf(context);
  // Logged out while writing: the words are given back, not thrown away with a redirection.
  if (!api) throw data({ sheet: await readWords(request) }, { status: 401, headers: privateHeaders });
  const { intent, sheet, photos, captions, newCaptions, removePhotoIds, problem } =
    await readWriting(request);
  const refuse = (kept: Sheet, refusal: FormProblem, status: number) =>
    data({ sheet: kept, problem: refusal }, { status, headers: privateHeaders });

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
  if (!sent.ok && sent.status === 409 && !sent.problem.fields.key)
    return refuse({ ...current, id: newId(), version: 0, photos: [] }, sent.problem, sent.status);
  if (!sent.ok) {
    // A draft's photos are shown again with the refused words; without a draft there are none.
    if (current.version > 0 && current.photos.length === 0) {
      const draft = await attempt(() => api.drafts.open({ id: current.id }));
      if (draft.ok) current = { ...current, photos: draft.value.photos };
    }
    return refuse(current, sent.problem, sent.status);
  }
  throw redirect(`/letters/${sent.value.letterId}?done=sent`);
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

export default function Write() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action | typeof clientAction>();
  const sheet = useCurrentSheet(loaded.sheet, refused?.sheet ?? null);
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
  return (
    <Page width="reading">
      <WritingDesk
        key={`${sheet.id}.${sheet.version}`}
        sheet={sheet}
        friends={loaded.friends}
        stampsOffered={loaded.stampsOffered}
        problem={refused?.problem ?? null}
        saved={loaded.saved && !refused}
      />
    </Page>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 401 && error.data?.sheet)
    return <LoggedOutDesk sheet={error.data.sheet} />;
  return <ErrorPage />;
}
