import { LinkifyIt } from 'linkify-it';

type TextSegment = { text: string; href?: string };

const BARE_WWW = /^www\./i;
/** Text without any of these has no links: the link finder can be skipped. */
const ANY_SIGN = /:|www\./i;
/**
 * The longest link (RFC 9110, 4.1). The finder looks further, so that it doesn't cut off a longer
 * address and link its beginning.
 */
const LONGEST = 8_000;
const PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

/**
 * Emoji, arrows, other pictures and invisible characters: a link ends before them and may begin
 * after them.
 */
const NOT_IN_ADDRESSES =
  /[\p{So}\p{Emoji_Presentation}\p{Emoji_Modifier}\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff\p{Cf}\p{Default_Ignorable_Code_Point}\p{Me}\u2800]/gu;
/**
 * Characters that may directly precede a link: letters of scripts without spaces, and emphasis
 * marks.
 */
const BEFORE_ADDRESSES =
  /(?:[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]|(?<=^|[\s*_~])[_~])(?=https?:\/\/|www\.|mailto:)/giu;
/**
 * Characters that may follow the addresses of a mailto link (RFC 6068, 2), except punctuation that
 * ends a sentence.
 */
const MAIL_FIELDS = /\?[\w%.~!$'()*+,;:@/?&=-]*[\w%~$*+/&=-]/y;

// Names before an @ are recognised so that `https://bank.example@evil.example` can be refused
// whole. The finder reports every address without a scheme, but only `www.` is kept: "see you at
// 5.in the park" must not become a link.
const finder = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, urlAuth: true, maxLength: LONGEST + 500 })
  .add('ftp:', null)
  .add('//', null)
  .add('mailto:', {
    validate(text, start, self) {
      const receiver = self.re.get_mailto_validator();
      let end = start;
      do {
        receiver.lastIndex = end === start ? start : end + 1;
        const found = receiver.exec(text);
        if (!found) break;
        end = receiver.lastIndex;
      } while (text[end] === ',');
      MAIL_FIELDS.lastIndex = end;
      return end > start && MAIL_FIELDS.test(text) ? MAIL_FIELDS.lastIndex - start : end - start;
    },
  });

function parseUrl(href: string): URL | null {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

function hrefOf(schema: string, address: string): string | undefined {
  if (schema === '' && !BARE_WWW.test(address)) return undefined;
  const href = schema === '' ? `https://${address}` : address;
  const parsed = parseUrl(href);
  if (parsed === null || !PROTOCOLS.has(parsed.protocol)) return undefined;
  return parsed.username === '' && parsed.password === '' ? href : undefined;
}

/** Strips closing emphasis marks from `**address**` and `_address_`. */
function withoutEmphasis(address: string, before: string | undefined): string {
  if (!before || !'*_~'.includes(before)) return address;
  let end = address.length;
  while (address[end - 1] === before) end -= 1;
  return address.slice(0, end);
}

/** Replaces characters that separate addresses by the same number of spaces. */
function partAddresses(text: string): string {
  const blank = (found: string) => ' '.repeat(found.length);
  return text.replace(NOT_IN_ADDRESSES, blank).replace(BEFORE_ADDRESSES, blank);
}

/**
 * Splits a letter's text at its links. Joined again, the segments are exactly the input: no white
 * space is lost.
 *
 * Only `http:`, `https:`, `mailto:` and bare `www.` addresses (opened over https) get an `href`.
 * Any other scheme, above all `javascript:`, stays text.
 */
export function linkify(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let done = 0;
  for (const match of (ANY_SIGN.test(text) && finder.match(partAddresses(text))) || []) {
    const address = withoutEmphasis(match.raw, text[match.index - 1]);
    const href = hrefOf(match.schema, address);
    if (href === undefined || address.length > LONGEST) continue;
    if (match.index > done) segments.push({ text: text.slice(done, match.index) });
    segments.push({ text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) segments.push({ text: text.slice(done) });
  return segments;
}
