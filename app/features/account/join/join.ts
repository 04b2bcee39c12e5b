import { browserApi, refusalOf } from '#app/browser/browser-api.ts';
import { argon2InWorker } from '#app/browser/keys/argon2.ts';
import { holdKeys, requireKeeping } from '#app/browser/keys/keyring.ts';
import { rememberKdf } from '#app/browser/keys/remembered-kdf.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import { checkInput } from '#core/schemas/check-input.ts';

type Ticket = Awaited<ReturnType<typeof browserApi.accounts.beginJoin.mutate>>;

/** Reused by every try on this page, so that a lost answer doesn't create a second account. */
let ticket: Ticket | null = null;

/**
 * Creates an account whose keys are made in the browser. The server sees only what is derived from
 * the password and recovery words. Stores the keys and the words to show, and starts a session to
 * confirm them in.
 *
 * @param typed the fields `username`, `email` and `password`, unchecked; the page can show what is
 *   typed, so nobody types it twice
 * @throws InputRefused before anything is requested or derived; KeysNotKept before the account is
 *   created; SessionRefusal, on `username` for a taken one; refusals of procedures
 */
export async function join(typed: { password?: string }): Promise<void> {
  const [{ joinInput }, { makeAccount }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('#core/accounts/sealed-account.ts'),
  ]);
  const twice = { ...typed, confirm: typed.password };
  const { username, email, password } = checkInput(joinInput, twice);
  await requireKeeping();
  ticket ??= await browserApi.accounts.beginJoin.mutate();
  const { userId, keyShare } = ticket;
  const account = await makeAccount(argon2InWorker, password, { userId, epoch: 1 }, keyShare);
  try {
    await callSession('join', { userId, ticket: ticket.ticket, username, email, ...account.record });
  } catch (error) {
    // The ticket has expired unless a field is wrong. The next try requests a new one.
    const refused = refusalOf(error);
    if (refused?.code === 'invalid-input' && Object.keys(refused.fields).length === 0) ticket = null;
    throw error;
  }
  await holdKeys({ ...account.keys, username }, account.words);
  await rememberKdf(username, account.record.password);
}
