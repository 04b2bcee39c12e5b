import type { LoaderFunctionArgs } from '@remix-run/node';
import { renderSVG } from 'uqr';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { formatFriendCode } from '#core/id.ts';

/** Draws the user's friend link as a QR code, always dark on light, because scanners need that. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { code } = await api.friends.myCode.query();
  const svg = renderSVG(`${context.appUrl}/friends/add/${formatFriendCode(code)}`, { border: 2 });
  return new Response(svg, {
    headers: { ...privateHeaders, 'Content-Type': 'image/svg+xml; charset=utf-8' },
  });
}
