import { LinkifyIt } from 'linkify-it';

/** A stretch of a letter's text; with `href` where the author wrote an address. */
export type TextSegment = { text: string; href?: string };

const BARE_WWW = /^www\./i;
/** Without any of this nothing gets an `href`, and most paragraphs have none: the finder need not look. */
const ANY_SIGN = /:|www\./i;
/** As long as every server should take (RFC 9110, 4.1). The finder looks further, or it would cut off what is longer and link its beginning. */
const LONGEST = 8_000;
const PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

// Names before an @ are recognised so that `https://bank.example@evil.example` can be refused whole. Every spelling
// without a scheme is found, then only `www.` is kept: "see you at 5.in the park" must not become a link.
const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, urlAuth: true, maxLength: LONGEST + 500 })
  .add('ftp:', null)
  .add('//', null);

function parseUrl(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

function hrefOf(schema: string, raw: string, url: string): string | undefined {
  if (schema === '' && !BARE_WWW.test(raw)) return undefined;
  const href = schema === '' ? `https://${raw}` : url;
  const parsed = parseUrl(href);
  if (parsed === null || !PROTOCOLS.has(parsed.protocol)) return undefined;
  return parsed.username === '' && parsed.password === '' ? href : undefined;
}

/**
 * Splits a letter's text at the addresses in it. Joined again, the segments' texts are exactly the input: links stay
 * where they stand and no white space is lost.
 *
 * Only `http:`, `https:`, `mailto:` and bare `www.` addresses (opened over https) get an `href`; any other scheme,
 * `javascript:` above all, stays text.
 */
export function linkify(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let done = 0;
  for (const match of (ANY_SIGN.test(text) && finder.match(text)) || []) {
    const href = hrefOf(match.schema, match.raw, match.url);
    if (href === undefined || match.raw.length > LONGEST) continue;
    if (match.index > done) segments.push({ text: text.slice(done, match.index) });
    segments.push({ text: match.raw, href });
    done = match.lastIndex;
  }
  if (done < text.length) segments.push({ text: text.slice(done) });
  return segments;
}
