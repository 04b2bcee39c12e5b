import { encodeUtf8 } from '../bytes.ts';
import { type DateLocale, writeDate } from '../dates/write-date.ts';
import { escapeHtml } from '../escape-html.ts';
import { type Inline, placedPhotos, readMarks } from '../letters/read-marks.ts';
import { titleOr } from '../letters/title-or.ts';
import type { EntryLine, EntryPhoto, ExportEntry } from './export-entry.ts';
import type { ExportedAccount } from './export-source.ts';
import { pageStyle } from './page-style.ts';

interface ExportPages {
  entry(entry: ExportEntry): string;
  contents(all: { account: ExportedAccount; lines: EntryLine[]; brokenOff: string[] }): string;
}

const names = { received: 'Letters you received', sent: 'Letters you sent', draft: 'Drafts' } as const;

/**
 * Renders pages that only use the files beside them: no scripts, no network, all text escaped. If
 * text were interpreted as HTML anyway, the policy would keep it from running or fetching anything.
 * @param options.zone IANA zone of the dates; without one they have no time
 * @param options.locale format of the dates
 */
export async function createPages({
  now,
  zone,
  locale,
}: {
  now: Date;
  zone: string | null;
  locale: DateLocale;
}): Promise<ExportPages> {
  const policy = [
    "default-src 'none'",
    // A page opened from disk has no origin: `file:` is the folder it is in.
    "img-src 'self' file:",
    `style-src 'sha256-${await hashOf(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
  const day = (at: Date, form: 'day' | 'full' = 'day') =>
    `<time datetime="${at.toISOString()}">${escapeHtml(writeDate(at, zone, locale, form))}</time>`;

  return {
    entry(entry) {
      const { kind, folder, from, to, at, content, stampFile, trouble } = entry;
      const title = titleOr(content?.title, untitled(kind));
      const up = '../'.repeat(folder.split('/').length);
      const stamp = stampFile
        ? `<img class="stamp" src="${escapeHtml(stampFile)}" alt="This letter’s stamp">`
        : '';
      const when = kind === 'draft' ? `Last saved ${day(at, 'full')}` : day(at, 'full');
      return page(
        title,
        `<nav><a href="${up}index.html">All letters</a></nav>
<main>
${stamp}<p class="soft">From ${nameOf(from)} to ${nameOf(to)}</p>
<p class="soft">${when}</p>
<h1>${escapeHtml(title)}</h1>
${trouble ? `<p class="trouble">${escapeHtml(trouble)}</p>` : ''}${content ? writtenOf(content) : ''}
</main>`,
      );
    },

    contents({ account, lines, brokenOff }) {
      const { displayName, username } = account.profile;
      const missing = lines.filter(({ trouble, missingPhotos }) => trouble !== null || missingPhotos > 0);
      const line = ({ folder, kind, title, from, to, at, photos, missingPhotos, trouble }: EntryLine) => {
        const other = kind === 'received' ? `From ${nameOf(from)}` : `To ${nameOf(to)}`;
        const count = photos > 0 ? `, ${photos === 1 ? '1 photo' : `${photos} photos`}` : '';
        const lost =
          trouble ??
          (missingPhotos > 0
            ? `${missingPhotos === 1 ? '1 photo is' : `${missingPhotos} photos are`} missing.`
            : '');
        const shown =
          title === null && kind !== 'draft'
            ? 'A letter that couldn’t be opened'
            : titleOr(title, untitled(kind));
        return `<li><a href="${escapeHtml(folder)}/index.html">${escapeHtml(shown)}</a>
<p class="soft">${other}, ${day(at)}${count}</p>${lost ? `<p class="trouble">${escapeHtml(lost)}</p>` : ''}</li>`;
      };
      const section = (kind: EntryLine['kind']) => {
        const own = lines.filter((candidate) => candidate.kind === kind);
        return own.length === 0
          ? ''
          : `<h2>${names[kind]} (${own.length})</h2>\n<ul>\n${own.map(line).join('\n')}\n</ul>`;
      };
      const incomplete = brokenOff.length
        ? `<p class="trouble">This copy is incomplete: some ${escapeHtml(brokenOff.join(' and '))} are missing. Make another copy later.</p>`
        : '';
      const summary = missing.length
        ? `<p class="trouble">${missing.length === 1 ? 'One letter is incomplete. It’s' : `${missing.length} letters are incomplete. They’re`} marked below.</p>`
        : '';
      return page(
        `${displayName}’s letters`,
        `<main>
<h1>${escapeHtml(displayName)}’s letters</h1>
<p class="soft">Everything in your account, ${escapeHtml(username)}, as of ${day(now, 'full')}. You can read it offline. Also included as JSON: account.json, letters.json and a letter.json beside each letter.</p>
<p class="soft">Nothing in this copy is sealed any more, so keep it somewhere only you can reach.</p>
${incomplete}${summary}${lines.length === 0 && !incomplete ? '<p>No letters yet.</p>' : ''}
${(['received', 'sent', 'draft'] as const).map(section).join('\n')}
</main>`,
      );
    },
  };
}

const untitled = (kind: EntryLine['kind']) => (kind === 'draft' ? 'Untitled draft' : 'A letter');

/** `bdi` keeps a right-to-left name from reordering the text around it. */
const nameOf = (name: string) => `<bdi>${escapeHtml(name)}</bdi>`;

/** The text with the photos that have a place in it, and the others at the end. */
function writtenOf({ body, photos }: NonNullable<ExportEntry['content']>): string {
  const placed = placedPhotos(body);
  const others = photos.filter((_, n) => !placed.has(n + 1));
  const text = textOf(body, photos);
  return others.length ? `${text}\n<div class="photos">${others.map(photoOf).join('\n')}</div>` : text;
}

function textOf(body: string, photos: EntryPhoto[]): string {
  return readMarks(body)
    .map((block) => {
      const photo = block.kind === 'photo' && photos[block.n - 1];
      if (photo) return `<div class="photos">${photoOf(photo)}</div>`;
      if (block.kind === 'paragraph' || block.kind === 'photo') return `<p>${inlinesOf(block.text)}</p>`;
      if (block.kind === 'quote') return `<blockquote><p>${inlinesOf(block.text)}</p></blockquote>`;
      const items = block.items.map((item) => `<li>${inlinesOf(item)}</li>`).join('');
      return block.start === null
        ? `<ul class="marked">${items}</ul>`
        : `<ol class="marked" start="${block.start}">${items}</ol>`;
    })
    .join('\n');
}

function inlinesOf(parts: Inline[]): string {
  return parts
    .map(({ text, href, mark }) => {
      const inner = href
        ? `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${escapeHtml(text)}</a>`
        : escapeHtml(text);
      return mark ? `<${mark}>${inner}</${mark}>` : inner;
    })
    .join('');
}

function photoOf({ file, caption, alt, width, height, trouble }: EntryPhoto): string {
  const said = caption ? `<figcaption>${escapeHtml(caption)}</figcaption>` : '';
  if (!file) return `<figure><p class="trouble">${escapeHtml(trouble ?? '')}</p>${said}</figure>`;
  const size = `width="${Number(width)}" height="${Number(height)}"`;
  const shown = escapeHtml(alt || caption || 'Photo without a caption');
  return `<figure><a href="${escapeHtml(file)}"><img src="${escapeHtml(file)}" alt="${shown}" ${size}></a>${said}</figure>`;
}

/** Hashes a style for the policy (CSP level 3, 6.7.3.3). */
async function hashOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encodeUtf8(text)));
  return btoa(String.fromCharCode(...hash));
}
