import type { Bytes } from '#core/bytes.ts';
import type { browserApi } from '../browser-api.ts';

/**
 * Requests something that only the owner of an account may have done. The password in the field `current` stays in
 * the page.
 *
 * @param ask given the proof that the password is known
 * @throws InputRefused on `current` when it is empty; whatever `ask` throws
 */
export async function askWithProof(
  username: string,
  fields: FormData,
  ask: (api: typeof browserApi, proof: { authKey: Bytes }) => Promise<unknown>,
): Promise<void> {
  const [{ browserApi }, { proofOf }] = await Promise.all([
    import('../browser-api.ts'),
    import('./prove-password.ts'),
  ]);
  await ask(browserApi, await proofOf(username, String(fields.get('current') ?? '')));
}
