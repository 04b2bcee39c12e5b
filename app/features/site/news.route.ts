import type { LoaderFunctionArgs } from '@remix-run/node';
import { appErrorOf, privateHeaders, statusOf } from '#app/http/errors.server.ts';

/**
 * Answers an open page that asks whether there is news: 304 without a body while nothing has
 * changed. It is no visit: it doesn't extend the session.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await context.client();
  const known = /^(?:W\/)?"([^"]{0,100})"$/.exec(request.headers.get('if-none-match') ?? '')?.[1] ?? '';
  try {
    const me = await api.accounts.me.query();
    // Another user has logged in since the page was made: their news is not for it.
    const isOfPage = request.headers.get('x-page-of') === me?.username;
    if (!isOfPage)
      return new Response(null, { status: statusOf('unauthenticated'), headers: privateHeaders });
    const news = await api.news.read.query({ known });
    if (!news) return new Response(null, { status: 304, headers: { ...privateHeaders, ETag: `"${known}"` } });
    return Response.json(news, { headers: { ...privateHeaders, ETag: `"${news.tag}"` } });
  } catch (error) {
    const refused = appErrorOf(error);
    if (!refused) throw error;
    return new Response(null, { status: statusOf(refused.code), headers: privateHeaders });
  }
}
