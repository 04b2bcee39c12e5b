import type { CDPSession, Page } from 'playwright-core';

/** A device of passkeys in the browser of one page; its owner says yes to everything. */
export interface VirtualAuthenticator {
  /** How many passkeys it holds, and what each has signed so far. */
  passkeys(): Promise<{ signCount: number }[]>;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async passkeys() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
    },
  };
}
