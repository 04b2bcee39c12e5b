import { equalBytes } from '../bytes.ts';
import { type Argon2id, isWeakerKdf } from '../crypto/index.ts';
import type { PasswordKdf } from './password-record.ts';
import { type ProvenPassword, provePassword } from './sealed-account.ts';

interface LogInSteps<Answer> {
  argon2: Argon2id;
  password: string;
  askKdf(): Promise<PasswordKdf>;
  /** Throws if a salt or cost isn't acceptable. Nothing has been derived or sent by then. */
  checkKdf(asked: PasswordKdf): Promise<void>;
  logIn(authKey: Uint8Array<ArrayBuffer>): Promise<Answer>;
  saysWrongPassword(error: unknown): boolean;
}

/**
 * Proves a password to the server. If another login raises its cost between the question and the
 * answer, the derived key is outdated, so this asks and proves again. The cost only ever grows, so
 * the loop ends.
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
