import type { LoaderFunctionArgs } from '@remix-run/node';
import { renderSVG } from 'uqr';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';

/** Draws the pending secret as a QR code, always dark on light, because scanners need that. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const pending = await throwErrorPage(() => api.secondFactor.pendingApp.query());
  if (!pending) throw new Response(null, { status: 404, headers: privateHeaders });
  return new Response(renderSVG(pending.uri, { border: 2 }), {
    headers: { ...privateHeaders, 'Content-Type': 'image/svg+xml; charset=utf-8' },
  });
}
