import { browserApi, refusalOf } from '#app/browser/browser-api.ts';
import { argon2InWorker } from '#app/browser/keys/argon2.ts';
import { holdKeys, requireKeeping } from '#app/browser/keys/keyring.ts';
import { rememberKdf } from '#app/browser/keys/remembered-kdf.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import { checkInput } from '#core/schemas/check-input.ts';

type Ticket = Awaited<ReturnType<typeof browserApi.accounts.beginJoin.mutate>>;

/** One for all tries of this page, so that an account whose making was not heard of is not made a second time. */
let ticket: Ticket | null = null;

/**
 * Makes an account whose keys are made here: the server learns what the password and the words become, and neither of them.
 * The keys are held then, the words are kept to be shown, and this browser has a session to confirm them in.
 *
 * @param typed the fields `username`, `email`, `password`, `confirm` and `mobile`, unchecked
 * @throws InputRefused before anything is asked or derived; KeysNotKept before the account is made; SessionRefusal, on `username`
 *   for one that is taken; refusals of procedures
 */
export async function join(typed: object): Promise<void> {
  const [{ joinInput }, { makeAccount }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('#core/accounts/sealed-account.ts'),
  ]);
  const { username, email, mobile, password } = checkInput(joinInput, typed);
  await requireKeeping();
  ticket ??= await browserApi.accounts.beginJoin.mutate();
  const { userId, keyShare } = ticket;
  const made = await makeAccount(argon2InWorker, password, { userId, epoch: 1 }, keyShare);
  try {
    await callSession('join', { userId, ticket: ticket.ticket, username, email, mobile, ...made.record });
  } catch (error) {
    // Too old, if it is not about a field: the next press asks for another one.
    const refused = refusalOf(error);
    if (refused?.code === 'invalid-input' && Object.keys(refused.fields).length === 0) ticket = null;
    throw error;
  }
  await holdKeys({ ...made.keys, username }, made.words);
  await rememberKdf(username, made.record.password);
}
