import { escapeHtml } from '#core/escape-html.ts';
import type { Mail } from './mailer.ts';

/**
 * The text of a mail: its news, one action, and the reason it was sent. Never a letter's content.
 */
interface MailWords {
  subject: string;
  greeting: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  footer: string;
  stop?: { label: string; url: string };
}

/** Renders a mail as plain text and as HTML, which is escaped. */
export function renderMail(words: MailWords): Pick<Mail, 'subject' | 'text' | 'html'> {
  const { greeting, paragraphs, action, footer, stop } = words;
  const text = [
    greeting,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    [`-- \n${footer}`, ...(stop ? [`${stop.label}: ${stop.url}`] : [])].join('\n'),
  ];
  return { subject: oneLine(words.subject), text: `${text.join('\n\n')}\n`, html: renderHtml(words) };
}

/** Removes line breaks, which would start another header (RFC 5322, 2.2). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function renderHtml({ greeting, paragraphs, action, footer, stop }: MailWords): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="${styles.button}">${escapeHtml(action.label)}</a></p>
<p style="${styles.small}">Or open this address: ${escapeHtml(action.url)}</p>`
    : '';
  const stopLink = stop ? `<br><a href="${escapeHtml(stop.url)}">${escapeHtml(stop.label)}</a>` : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="${styles.page}"><div style="${styles.paper}">
${[greeting, ...paragraphs].map(paragraph).join('\n')}
${button}
<p style="${styles.footer}">${escapeHtml(footer)}${stopLink}</p>
</div></body></html>
`;
}

const styles = {
  page: 'margin:0;padding:24px;background:#f4efe6;color:#2b2620;font:17px/1.55 Georgia,serif',
  paper:
    'max-width:32em;margin:0 auto;padding:32px;background:#fffdf8;border:1px solid #e2d8c6;border-radius:6px',
  button:
    'display:inline-block;padding:12px 20px;background:#7a2e2e;color:#fffdf8;text-decoration:none;border-radius:4px',
  small: 'margin:0 0 16px;font-size:14px;color:#6b6256;word-break:break-all',
  footer: 'margin:24px 0 0;padding-top:16px;border-top:1px solid #e2d8c6;font-size:14px;color:#6b6256',
};
