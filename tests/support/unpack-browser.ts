import { findBrowser } from './find-browser.ts';

/** Before the files that need it, two of which may start at once. */
export default async function unpackBrowser(): Promise<void> {
  await findBrowser();
}
