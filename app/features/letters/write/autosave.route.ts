import type { ActionFunctionArgs } from '@remix-run/node';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { isOwn, readWriting } from './read-writing.server.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

/** Saves the words of a letter in progress, for the script of the write page. */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const writing = await readWriting(request, context);
  const { sheet, captions, photoOrder, release } = writing;
  release();
  const problem = (await isOwn(api, writing)) ? writing.problem : 'Somebody else has logged in here.';
  const { id: draftId, version, to, title, body, stampIdea } = sheet;
  const saved = problem
    ? ({ ok: false, problem: { message: problem } } as const)
    : await attempt(() =>
        api.drafts.save({ draftId, version, to, title, body, stampIdea, captions, photoOrder }),
      );
  const answer: AutosaveAnswer = saved.ok
    ? { version: saved.value.version, problem: null }
    : { version, problem: saved.problem.message };
  return Response.json(answer, { headers: privateHeaders });
}
