import { equalBytes } from '../bytes.ts';
import { type Argon2id, isWeakerKdf } from '../crypto/index.ts';
import type { PasswordKdf } from './password-record.ts';
import { type ProvenPassword, provePassword } from './sealed-account.ts';

interface LogInSteps<Answer> {
  argon2: Argon2id;
  password: string;
  /** Asks the server for salt and cost. */
  askKdf(): Promise<PasswordKdf>;
  /** Throws for a salt or cost that is not accepted; nothing has been derived or sent by then. */
  checkKdf(asked: PasswordKdf): Promise<void>;
  /** Sends the key that the password became. */
  logIn(authKey: Uint8Array<ArrayBuffer>): Promise<Answer>;
  /** Whether what {@link logIn} threw says that the password is wrong. */
  saysWrongPassword(error: unknown): boolean;
}

/**
 * Proves a password to the server. When another log-in raises its cost between the question and the answer, the key that
 * is sent is the old one: then it is asked and proven once more. The cost can only grow, so this ends.
 *
 * @throws CryptoRefusal `weak-kdf`; whatever the steps throw
 */
export async function proveToServer<Answer>(
  steps: LogInSteps<Answer>,
): Promise<{ answer: Answer; proven: ProvenPassword; kdf: PasswordKdf }> {
  let kdf = await steps.askKdf();
  for (;;) {
    await steps.checkKdf(kdf);
    const proven = await provePassword(steps.argon2, steps.password, kdf);
    try {
      return { answer: await steps.logIn(proven.authKey), proven, kdf };
    } catch (error) {
      if (!steps.saysWrongPassword(error)) throw error;
      const now = await steps.askKdf();
      const raised = isWeakerKdf(kdf.params, now.params) && !isWeakerKdf(now.params, kdf.params);
      if (!raised || equalBytes(now.salt, kdf.salt)) throw error;
      kdf = now;
    }
  }
}
