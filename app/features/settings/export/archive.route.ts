import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';

/** Redirects a visitor who opens the address by hand to its form. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireUserApi(context, request);
  throw redirect('/settings/export');
}

/** Returns the archive. A download has no page, so the form's page shows refusals. */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) throw redirect('/settings/export?refused=again');
  const begun = await attempt(async () => {
    const { fileName } = await api.exports.begin.mutate({ proof: { password: fields.current ?? '' } });
    return { fileName, archive: await context.openArchive() };
  });
  if (!begun.ok) {
    const why: Record<number, string> = { 400: 'password', 429: 'wait' };
    throw redirect(`/settings/export?refused=${why[begun.status] ?? 'again'}`);
  }
  const { fileName, archive } = begun.value;
  return new Response(archive, {
    headers: {
      ...privateHeaders,
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
