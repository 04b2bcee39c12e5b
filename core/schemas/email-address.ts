import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * An e-mail address as mail servers take it without extensions (RFC 5321): lower-cased as a whole, because two addresses that
 * differ in case are one person's in practice, and with the domain in its ASCII form (UTS #46, by the platform's own URL).
 */
export const emailAddress = z
  .string({ error: 'Enter your email address.' })
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
      .regex(z.regexes.html5Email, 'That doesn’t look like an email address. Check for typos.'),
  );

const noDomain = 'The part after the @ isn’t a valid domain. Check for typos.';

/** What is wrong with an address, in the order in which it is noticed; null when it may be one. */
function problemOf(local: string, domain: string | undefined, hasMore: boolean): string | null {
  if (local === '' && domain === undefined) return 'Enter your email address.';
  if (local.includes('"')) {
    return 'Addresses with quotation marks aren’t supported. Use one without them.';
  }
  if (domain === undefined) return 'This address is missing an @. It should look like anna@example.org.';
  if (hasMore) return 'This address has more than one @. Enter a single address.';
  if (local === '') return 'Something is missing before the @. It should look like anna@example.org.';
  if (domain === '') return 'Something is missing after the @. It should look like anna@example.org.';
  if (/\s/.test(local + domain)) return 'Remove the space from this address.';
  if (/[,;<>]/.test(local + domain)) return 'Enter just one address, without names, commas or brackets.';
  if (domain.endsWith('.')) return 'Remove the dot at the end of this address.';
  if (local.endsWith('.')) return 'Remove the dot before the @.';
  if (local.startsWith('.') || domain.startsWith('.'))
    return 'Neither part of an address can start with a dot.';
  if (`${local}@${domain}`.includes('..')) return 'This address has two dots in a row. Remove one.';
  if (/[^\0-\x7f]/.test(local)) {
    return 'Only a–z, 0–9 and a few symbols can come before the @. Use a different address.';
  }
  if (domain.startsWith('[')) return 'Use a name like example.org after the @, not a number.';
  if (!/[.\u3002\uff0e\uff61]/.test(domain)) return 'The ending is missing, like .org or .com.';
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
