import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';

export type NewPasskeyOptions = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyOptions = PublicKeyCredentialRequestOptionsJSON;

/** Whom a passkey is made for and answers to (WebAuthn level 3, 13.4.9): this installation, by its address. */
export function relyingParty(appUrl: string): { id: string; origin: string } {
  const { hostname, origin } = new URL(appUrl);
  return { id: hostname, origin };
}

/** Browsers know passkeys only at a name, and only where the connection is safe. */
export function passkeysWorkAt(appUrl: string): boolean {
  const { hostname, protocol } = new URL(appUrl);
  const local = hostname === 'localhost' || hostname.endsWith('.localhost');
  return (protocol === 'https:' || local) && !/^\[|^[\d.]+$/.test(hostname);
}
