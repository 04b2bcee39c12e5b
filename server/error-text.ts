/** OpenSSL's certificate errors, whose codes have no common prefix. */
const tlsCode =
  /^(ERR_(TLS|SSL|OSSL)_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH)/;
const namesOfServices =
  /^(SmtpError|ReplyError|MaxRetriesPerRequestError|Mongo(Network|ServerSelection|Topology)\w*Error)$/;
const LONGEST = 300;

type Facts = Error & {
  code?: unknown;
  syscall?: unknown;

  errcode?: unknown;
  errstr?: unknown;
};

/**
 * The message of an error of the machine or a service: a full disk, a database, Redis, a mail
 * server, TLS. It tells the operator what to fix, and consists of fixed sentences, host names and
 * paths; addresses of users and secrets in URLs are removed. Undefined for any other error, because
 * libraries quote their input in it.
 */
export function textOfCause(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const { name, message, code, syscall, errcode, errstr, cause } = error as Facts;
  // SQLite's own sentence for the code; its message can quote the data to be written.
  if (code === 'ERR_SQLITE_ERROR') return `${String(errstr)} (SQLite ${String(errcode)})`;
  const named = typeof code === 'string' ? code : '';
  const isKnown = typeof syscall === 'string' || tlsCode.test(named) || namesOfServices.test(name);
  // Redis quotes the arguments of an unknown command.
  if (isKnown && message)
    return withoutPeople(name === 'ReplyError' ? message.split(/, with args/)[0] : message);
  const inner = error instanceof AggregateError ? error.errors[0] : cause;
  return textOfCause(inner, depth + 1);
}

/** Removes addresses, and whatever follows the host in a link; joins lines. */
export function withoutPeople(text = ''): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)\S*@/gi, '$1')
    .replace(/[^\s<>"'`(),:;]+@[^\s<>"'`(),;]+/g, '(address)')
    .replace(/\b(https?:\/\/[^\s/]+)\/\S*/gi, '$1/…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
