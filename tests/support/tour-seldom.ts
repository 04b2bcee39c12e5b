import { newId } from '#core/id.ts';
import { befriend, type Person as Member, makePeople, sendLetter } from './journey-people.ts';
import { makePhoto } from './make-photos.ts';
import type { Stop } from './tour.ts';
import { at, type Places, sit } from './tour-places.ts';
import { copying, links, settings } from './tour-settings.ts';
import { beforeOpening, blocked, misfortune, otherKeys } from './tour-trouble.ts';

const awkward = {
  name: 'Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunte',
  unbroken: 'Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetzentwurfsmappen!',
  long: 'What the neighbours said, what the cat did, and why the bicycle is in the bath',
  body: `Look: https://example.test/${'a-very-long-path/'.repeat(12)}\n\n${'x'.repeat(300)}\n\n\tA tab.\n   Three spaces. 🐈‍⬛`,
};
const hebrew = {
  name: 'שירה כהן',
  title: 'מכתב ארוך על הים ועל החתול',
  body: 'שלום לך,\n\nהים היה שקט היום. החתול ישן על אדן החלון, והרוח הביאה ריח של מלח.\n\nשלך, ש.',
};

/** The states the other tour does not come by, because they need a crowd, bad luck or a change of keys. */
export async function* seldomTour(places: Places): AsyncGenerator<Stop> {
  const people = await gather(places);
  const { alpha, beta, long, shira, gamma } = people;
  yield* crowd(places, people);
  yield* blocked(places, beta, { long, shira });
  yield* misfortune(places, alpha, { beta, gamma });
  yield* fullInbox(places, alpha, gamma);
  yield* copying(places, alpha);
  yield* settings(places, beta);
  yield* links(places, alpha, beta);
  yield* beforeOpening(places, alpha);
  yield* otherKeys(places, alpha, beta);
}

/** Ten pages of letters: the first, one in the middle and the last. */
async function* fullInbox(places: Places, alpha: Member, gamma: Member): AsyncGenerator<Stop> {
  const { inClear } = await places.world.as(alpha);
  for (let n = 1; n <= 200; n++)
    await inClear.sendLetter({ letterId: newId(), to: gamma.username, title: `Postcard ${n}`, body: '…' });
  await places.world.settle();
  const person = await sit(places, gamma);
  const { page } = person;
  yield* at(person, 'full', { inbox: '/inbox' });
  const older = page.getByRole('link', { name: 'Older letters' });
  for (let turned = 1; turned <= 9; turned++) {
    const here = page.url();
    await older.click();
    await page.waitForURL((url) => url.href !== here);
    await page.getByRole('link', { name: 'Newest' }).waitFor();
    if (turned === 4) yield { name: 'full-inbox-middle', page };
  }
  await older.waitFor({ state: 'detached' });
  yield { name: 'full-inbox-last', page };
  await page.context().close();
}

type People = Record<'alpha' | 'beta' | 'long' | 'shira' | 'gamma', Member>;

/** Alpha and four friends, two of whom have awkward names. */
export async function gather({ world }: Places): Promise<People> {
  const names = ['alpha', 'beta', 'wilhelmina_kate', 'shira', 'gamma'];
  const [alpha, beta, long, shira, gamma] = (await makePeople(world, ...names)) as Member[];
  if (!alpha || !beta || !long || !shira || !gamma) throw new Error('no people');
  await rename(world, long, awkward.name);
  await rename(world, shira, hebrew.name);
  for (const friend of [beta, long, shira, gamma]) await befriend(world, alpha, friend);
  return { alpha, beta, long, shira, gamma };
}

async function rename({ as }: Places['world'], member: Member, displayName: string): Promise<void> {
  await (await as(member)).profile.save({ displayName, timeZone: 'UTC', locale: 'en-GB' });
}

/** Long names and titles, another direction, twelve photos, more than one page, and text that is read larger. */
export async function* crowd(places: Places, { alpha, beta, long, shira }: People): AsyncGenerator<Stop> {
  const { world } = places;
  for (let n = 1; n <= 18; n++) await sendLetter(world, beta, alpha, { title: `Postcard ${n}` });
  const newPhotos = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      makePhoto(70 + n, n % 3 === 1 ? { width: 480, height: 720 } : { width: 720, height: 480 }),
    ),
  );
  const captions = [
    'The lake',
    '',
    'A line that goes on for longer than the picture above it is wide',
    awkward.name,
  ];
  const written = { version: 0, to: 'alpha', title: 'Twelve pictures', body: 'See below.' };
  const draftId = newId();
  await (await world.as(beta)).inClear.saveDraft({ ...written, draftId, newPhotos, newCaptions: captions });
  const person = await sit(places, alpha);
  const writer = await sit(places, beta);
  yield* at(writer, 'crowd', { draft: `/write?draft=${draftId}` });

  const photos = await sendLetter(world, beta, alpha, { letterId: draftId, title: 'Twelve pictures' });
  const unbroken = await sendLetter(world, long, alpha, { title: awkward.unbroken, body: awkward.body });
  const wordy = await sendLetter(world, long, alpha, { title: awkward.long });
  const turned = await sendLetter(world, shira, alpha, { title: hebrew.title, body: hebrew.body });
  yield* at(person, 'crowd', {
    unbroken: `/letters/${unbroken}`,
    wordy: `/letters/${wordy}`,
    hebrew: `/letters/${turned}`,
    photos: `/letters/${photos}`,
    photo: `/letters/${photos}/photos/2/view`,
    inbox: '/inbox',
    friends: '/friends',
    safety: '/friends/wilhelmina_kate/safety',
  });
  const { page } = person;
  await page.goto('/inbox');
  await page.getByRole('link', { name: 'Older letters' }).click();
  await page.getByRole('link', { name: 'Newest' }).waitFor();
  yield { name: 'crowd-inbox-older', page };
  const { inClear } = await world.as(alpha);
  await inClear.saveDraft({ draftId: newId(), version: 0, title: '', body: '' });
  await inClear.saveDraft({
    draftId: newId(),
    version: 0,
    to: 'wilhelmina_kate',
    title: awkward.unbroken,
    body: awkward.body,
  });
  await inClear.saveDraft({
    draftId: newId(),
    version: 0,
    to: 'shira',
    title: hebrew.title,
    body: hebrew.body,
  });
  yield* at(person, 'crowd', { drafts: '/drafts' });
  await page.context().addCookies([{ name: 'look', value: 'device.larger', url: world.url }]);
  yield* at(person, 'larger', {
    inbox: '/inbox',
    letter: `/letters/${unbroken}`,
    photos: `/letters/${photos}`,
    photo: `/letters/${photos}/photos/2/view`,
    'write-new': '/write?to=beta',
    drafts: '/drafts',
    friends: '/friends',
    safety: '/friends/beta/safety',
    settings: '/settings',
    notifications: '/settings/notifications',
    appearance: '/settings/appearance',
    about: '/about',
  });
  const settings = await sit(places, long);
  yield* at(settings, 'crowd', { profile: '/settings/profile', sent: '/sent' });
  for (const { page } of [person, writer, settings]) await page.context().close();
}
