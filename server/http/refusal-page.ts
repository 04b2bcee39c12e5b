import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { App } from './app.ts';

interface Refusal {
  title: string;
  /** What happened. The page adds what to do: open `address`, or ask the operator. */
  text: string;
  /** Null when `APP_URL` is not set. */
  address: string | null;
}

const readPublic = (name: string) =>
  readFileSync(new URL(`../../public/${name}`, import.meta.url), 'utf8').trim();

/**
 * Inlined, because no file of ours is served under a foreign name. The offline page has the same
 * style.
 */
const style = readPublic('offline.css');
const seal = readPublic('favicon.svg').replace('<svg ', '<svg width="88" height="88" aria-hidden="true" ');
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'` as const;

const askInstead = 'Ask the person who runs this server for its address.';

/**
 * Refuses a request before it reaches any page, and says where to go: a page for browsers, a line
 * for other clients.
 */
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
