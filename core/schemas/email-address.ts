import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * An e-mail address as mail servers take it without extensions (RFC 5321): lower-cased as a whole, because two addresses that
 * differ in case are one person's in practice, and with the domain in its ASCII form (UTS #46, by the platform's own URL).
 */
export const emailAddress = z
  .string({ error: 'Give your e-mail address.' })
  .transform((text, context) => {
    const [local, domain, ...more] = text.trim().toLowerCase().split('@');
    const problem = problemOf(local ?? '', domain, more.length > 0);
    const ascii = problem === null && domain ? asciiDomain(domain) : null;
    const message = problem ?? (ascii === null ? noDomain : null);
    if (message === null) return `${local}@${ascii}`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .pipe(
    z
      .string()
      .max(limits.emailMax, 'This address is too long.')
      .regex(z.regexes.html5Email, 'This does not look like an e-mail address. Check each letter and sign.'),
  );

const noDomain = 'What stands after the @ is not the name of a mail server. Check it for a typing error.';

/** What is wrong with an address, in the order in which it is noticed; null when it may be one. */
function problemOf(local: string, domain: string | undefined, hasMore: boolean): string | null {
  if (local === '' && domain === undefined) return 'Give your e-mail address.';
  if (local.includes('"')) {
    return 'Addresses with quotation marks are not taken here. Give one without them.';
  }
  if (domain === undefined) return 'There is no @ in this address. It looks like anna@example.org.';
  if (hasMore) return 'There is more than one @ in this address. Give one address with one @.';
  if (local === '') return 'Nothing stands before the @. It looks like anna@example.org.';
  if (domain === '') return 'Nothing stands after the @. It looks like anna@example.org.';
  if (/\s/.test(local + domain)) return 'There is a space inside this address. Take it out.';
  if (/[,;<>]/.test(local + domain)) return 'Give one address alone, without a name, a comma or brackets.';
  if (domain.endsWith('.')) return 'There is a dot too many at the end of this address. Take it out.';
  if (local.endsWith('.')) return 'There is a dot right before the @. Take it out.';
  if (local.startsWith('.') || domain.startsWith('.')) return 'Neither part of an address begins with a dot.';
  if (`${local}@${domain}`.includes('..'))
    return 'There are two dots in a row in this address. Take one out.';
  if (/[^\0-\x7f]/.test(local)) {
    return 'Before the @ only letters a–z, digits and a few signs are taken. Give an address without others.';
  }
  if (domain.startsWith('[')) return 'Give the name of the mail server after the @, not its number.';
  if (!/[.\u3002\uff0e\uff61]/.test(domain)) return 'Something is missing at the end, like .org or .com.';
  return null;
}

/** Null for what is no name of a host. Only letters, digits, marks, dots and hyphens are handed to the parser. */
function asciiDomain(domain: string): string | null {
  if (!/^(?:[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61\u30fb\u00b7-]|\u200c|\u200d)+$/u.test(domain)) return null;
  try {
    const { hostname } = new URL(`http://${domain}/`);
    // A parser of addresses takes numbers for an IPv4 address.
    return /\.[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname) ? hostname : null;
  } catch {
    return null;
  }
}
