import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { App } from './app.ts';

interface Refusal {
  title: string;
  /** What happened; what to do follows: a link to `address`, or whom to ask. */
  text: string;
  /** Null where nobody has said what the address of this installation is. */
  address: string | null;
}

const readPublic = (name: string) =>
  readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8').trim();

/** Under a foreign name no file of ours is served, so the page has all it needs in itself: the look of the offline page. */
const style = readPublic('offline.css');
const seal = readPublic('favicon.svg').replace('<svg ', '<svg width="88" height="88" aria-hidden="true" ');
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'` as const;

const askInstead = 'Ask the person who runs this server for its address.';

/** Refuses a request before any page of ours is made, and says where to go on: a page for browsers, a line for others. */
export async function refuse(
  c: Context<App>,
  status: 403 | 421,
  { title, text, address }: Refusal,
): Promise<Response> {
  if (!c.req.header('accept')?.includes('text/html'))
    return c.text(`${text} ${address ? `Open ${address} instead.` : askInstead}`, status);
  c.set('styleHash', styleHash);
  return c.html(
    html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} · Project BFF</title>
<style>${raw(style)}</style>
<main>
${raw(seal)}
<h1>${title}</h1>
<p>${text}</p>
${address ? html`<p><a href="${address}">Open ${address}</a></p>` : html`<p>${askInstead}</p>`}
</main>
</html>`,
    status,
  );
}
