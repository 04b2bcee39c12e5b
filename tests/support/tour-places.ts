import type { TestBrowser } from './browser.ts';
import type { ServedInstallation } from './installation-http.ts';
import type { Person as Member } from './journey-people.ts';
import { type Person, personAt } from './people.ts';
import { sitDownSealed } from './sealed-browser.ts';
import type { Stop } from './tour.ts';

/** Where a tour takes place: an installation without rate limits, whose stores can be tampered with. */
export interface Places {
  world: ServedInstallation;
  browser: TestBrowser;
  /** With it: sealed sessions. Without it: the server opens the letters. */
  javaScript: boolean;
}

/** Somebody at a browser of their own, logged in. */
export async function sit({ world, browser, javaScript }: Places, member: Member): Promise<Person> {
  if (javaScript) return sitDownSealed(world, browser, member);
  const page = await browser.visit(world.url, { javaScript });
  await page.context().addCookies([{ name: 'bff', value: member.token, url: world.url }]);
  return personAt(page, member.username, member.password);
}

/** One stop at each address, by its name. */
export async function* at(
  { page }: Pick<Person, 'page'>,
  group: string,
  addresses: Record<string, string>,
): AsyncGenerator<Stop> {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address);
    yield { name: `${group}-${name}`, page };
  }
}
