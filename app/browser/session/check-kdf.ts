import type { PasswordKdf } from '#core/accounts/password-record.ts';
import { type KdfChange, kdfChange } from '#core/accounts/remembered-kdf.ts';
import { InputRefused } from '#core/schemas/check-input.ts';
import { recallKdf } from '../keys/remembered-kdf.ts';

const messages: Record<KdfChange, string> = {
  weaker:
    'The server asks for weaker protection of your password than at your last login in this browser. That shouldn’t happen, and could help someone guess your password. Nothing was sent.',
  replaced:
    'Your password was changed since your last login in this browser. If that wasn’t you, don’t log in: set a new password by email. Nothing was sent.',
};

/**
 * The server asks for another salt or a lower cost than at the last login in this browser. The user
 * has to decide.
 */
export class KdfChanged extends InputRefused {
  readonly change: KdfChange;
  readonly asked: PasswordKdf;

  constructor(change: KdfChange, asked: PasswordKdf) {
    super({ message: messages[change], fields: {} });
    this.change = change;
    this.asked = asked;
  }
}

/**
 * Compares the KDF parameters the server asks for with those of the last login in this browser,
 * before deriving or sending anything.
 *
 * @param accepted a change the user has agreed to
 * @throws KdfChanged
 */
export async function checkKdf(
  username: string,
  asked: PasswordKdf,
  accepted: PasswordKdf | null = null,
): Promise<void> {
  const change = kdfChange(await recallKdf(username), asked);
  if (!change || (accepted && !kdfChange(accepted, asked))) return;
  throw new KdfChanged(change, asked);
}
