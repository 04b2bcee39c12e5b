import type { ActionFunctionArgs } from '@remix-run/node';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { isOwn, readPostedForm } from './read-posted-form.server.ts';
import { autosavePostedForm } from './submit-posted-form.server.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

export async function action({ request, context }: ActionFunctionArgs) {
  await requireUserApi(context, request);
  const posted = await readPostedForm(request, context);
  posted.release();
  const answer: AutosaveAnswer = (await isOwn(context, posted))
    ? await autosavePostedForm(context, posted)
    : { version: posted.version, problem: 'Someone else has logged in here.' };
  return Response.json(answer, { headers: privateHeaders });
}
