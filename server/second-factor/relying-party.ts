import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';

export type NewPasskeyOptions = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyOptions = PublicKeyCredentialRequestOptionsJSON;

/** The relying party of passkeys (WebAuthn level 3, 13.4.9): this installation, by its address. */
export function relyingParty(appUrl: string): { id: string; origin: string } {
  const { hostname, origin } = new URL(appUrl);
  return { id: hostname, origin };
}

/**
 * Whether browsers offer passkeys at this address: they need a domain name and a secure connection.
 */
export function passkeysWorkAt(appUrl: string): boolean {
  const { hostname, protocol } = new URL(appUrl);
  const local = hostname === 'localhost' || hostname.endsWith('.localhost');
  return (protocol === 'https:' || local) && !/^\[|^[\d.]+$/.test(hostname);
}
