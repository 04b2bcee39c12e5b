import type { Context } from 'hono';
import { html } from 'hono/html';

interface Refusal {
  title: string;
  /** What happened; what to do follows as a link to `address`. */
  text: string;
  address: string;
}

/** Refuses a request before any page of ours is made, and says where to go on: a page for browsers, a line for others. */
export async function refuse(
  c: Context,
  status: 403 | 421,
  { title, text, address }: Refusal,
): Promise<Response> {
  if (!c.req.header('accept')?.includes('text/html'))
    return c.text(`${text} Open ${address} instead.`, status);
  return c.html(
    html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Project BFF</title>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="${address}">Open ${address}</a></p>
</html>`,
    status,
  );
}
