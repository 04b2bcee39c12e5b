import { Secret } from 'otpauth';
import type { Page } from 'playwright-core';
import type { Person } from './people.ts';
import { totpCodeAt } from './totp-code.ts';

/** Each code works once: whoever needs two in the same minute takes this step's first and then the next one's. */
export type CodeAt = (step: 0 | 1) => string;

/** Types the secret on the page into an app. */
export async function readSecret(page: Page): Promise<CodeAt> {
  const text = (await page.locator('.factor-secret').textContent()) ?? '';
  const secret = Uint8Array.from(Secret.fromBase32(text.replaceAll(' ', '')).bytes);
  return (step) => totpCodeAt(secret, new Date(Date.now() + step * 30_000));
}

/** The ten one-time codes, on the page that shows them. */
export async function readCodes(page: Page): Promise<string[]> {
  const card = page.getByRole('region', { name: 'One-time codes' });
  return (await card.getByRole('listitem').allTextContents()).map((code) => code.trim());
}

/** Name and password, up to the page that asks for more. */
export async function giveName(person: Person): Promise<void> {
  await person.page.goto('/login');
  await person.page.getByLabel('Username').fill(person.username);
  await person.page.getByLabel('Password').fill(person.password);
  await person.press('Log in');
  await person.see('One more step');
}

export async function giveCode(person: Person, code: string): Promise<void> {
  await person.page.getByLabel('Code', { exact: true }).fill(code);
  await person.press('Continue');
}
