import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { InputRefused } from '#core/schemas/check-input.ts';
import type { NewPasskeyAnswer, PasskeyAnswer } from '#core/schemas/second-factor.ts';

/**
 * Asks the browser for one of the user's passkeys.
 *
 * @throws InputRefused on `passkey` if it fails
 */
export async function askPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<PasskeyAnswer> {
  try {
    return (await startAuthentication({ optionsJSON })) as PasskeyAnswer;
  } catch {
    throw noAnswer('Your passkey didn’t respond. Try again, or use a code.');
  }
}

/** Asks the browser to create a passkey. @throws InputRefused on `passkey` if it fails */
export async function makePasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<NewPasskeyAnswer> {
  try {
    return (await startRegistration({ optionsJSON })) as NewPasskeyAnswer;
  } catch (error) {
    const taken = error instanceof Error && error.name === 'InvalidStateError';
    throw noAnswer(
      taken ? 'You’ve already added this passkey.' : 'No passkey was created. Please try again.',
    );
  }
}

/** Makes one refusal for all errors: browsers word them differently, and deliberately hide some. */
function noAnswer(message: string): InputRefused {
  return new InputRefused({ message, fields: { passkey: message } });
}
