import { z } from 'zod';
import { limits } from './limits.ts';

/**
 * An email address as mail servers accept it without extensions (RFC 5321). It is lower-cased as a
 * whole, because in practice two addresses that differ in case belong to one user. The domain is
 * converted to ASCII (UTS #46, by the platform's URL).
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

/** Explains what is wrong with an address, checked from left to right; null if nothing is. */
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

/**
 * Converts a domain to ASCII; null unless it is a host name. Only letters, digits, marks, dots and
 * hyphens reach the parser.
 */
function asciiDomain(domain: string): string | null {
  if (!/^(?:[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61\u30fb\u00b7-]|\u200c|\u200d)+$/u.test(domain)) return null;
  try {
    const { hostname } = new URL(`http://${domain}/`);
    // A URL parser reads numbers as an IPv4 address.
    return /\.[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname) ? hostname : null;
  } catch {
    return null;
  }
}
