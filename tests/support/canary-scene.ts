import { newId } from '#core/id.ts';
import { changeEmail } from './canary-email.ts';
import { logInWithCode, switchAppOn } from './canary-factor.ts';
import type { Mark } from './canary-search.ts';
import {
  autosaved,
  draft,
  fileName,
  keysOf,
  letter,
  password,
  refused,
  triplesOf,
  windowsOf,
} from './canary-secrets.ts';
import { breakThings, visitAll } from './canary-visits.ts';
import { createVisitor, jpeg, type Visitor } from './http-client.ts';
import type { ServedInstallation } from './installation-http.ts';
import { befriendByForms, enter, writeByForm } from './journey-visitors.ts';
import { cameraMarks, makePhoto } from './make-photos.ts';

export interface CanaryScene {
  /** Friends: alpha writes, beta reads and answers. */
  alpha: Visitor;
  beta: Visitor;
  /** A stranger, and somebody who is not logged in. */
  gamma: Visitor;
  nobody: Visitor;
  /** What the two friends share; nobody else may see it. */
  shared: Mark[];
  /** What is alpha's alone. */
  own: Mark[];
  /** The addresses of alpha: others never see them. */
  addresses: Mark[];
  /** The tokens in two mails to alpha. */
  links: Mark[];
  /** The token of an invitation that alpha made, and others opened. */
  invitation: Mark[];
  /** What is in no answer to anybody, alpha included. */
  never: Mark[];
}

/** Whole journeys of two friends with marked secrets, and everybody else looking at everything meanwhile and after. */
export async function playCanaryScene(world: ServedInstallation): Promise<CanaryScene> {
  const [alpha, beta, gamma, nobody] = [1, 2, 3, 4].map(() => createVisitor(world.url));
  if (!alpha || !beta || !gamma || !nobody) throw new Error('no visitors');
  const photo = await makePhoto(1, { width: 640, height: 480 });
  const upload = [jpeg(photo, fileName)];

  const [words] = await Promise.all([
    enter(world, alpha, 'alpha', password),
    enter(world, beta, 'beta'),
    enter(world, gamma, 'gamma'),
  ]);
  await befriendByForms(alpha, beta, 'alpha');
  const long = `${letter.body}\n${'and so on. '.repeat(700)}\n${letter.body}\n${'and so on. '.repeat(300)}${letter.body}`;
  const parts = { to: 'beta', captions: [letter.caption], alts: [letter.alt], photos: upload };
  const letterId = await writeByForm(alpha, 'send', { ...parts, title: letter.title, body: long });
  await writeByForm(alpha, 'save', {
    ...parts,
    title: draft.title,
    body: draft.body,
    captions: [draft.caption],
  });
  const draftId = await writeByForm(alpha, 'save', { ...parts, title: draft.title, body: draft.body });
  await alpha.post('/write/autosave', {
    letterId: newId(),
    version: '0',
    to: 'beta',
    title: autosaved,
    body: autosaved,
  });
  await alpha.upload(
    '/write',
    { letterId: newId(), version: '0', to: 'gamma', title: refused, body: refused, intent: 'send' },
    upload,
  );
  await world.settle();

  // Alpha's, which strangers may follow to a name and nothing else.
  const made = (await alpha.post('/friends/invite', {})).text;
  const [invitation = ''] = /\/friends\/join\/[\w-]{22}/.exec(made) ?? [];
  for (const visitor of [nobody, gamma]) await visitor.get(invitation);
  // Friends already: it stays open, and nothing is written of it.
  await beta.post(invitation, {});
  nobody.cookies.clear();
  const code = /\/friends\/add\/([0-9A-Z-]{11})/.exec((await alpha.get('/friends')).text)?.[1] ?? '';
  await visitAll(beta, { letterId, draftId, code });
  const picture = await beta.get(`/letters/${letterId}/photos/0`);
  const preview = await beta.get(`/letters/${letterId}/photos/0?size=preview`);
  await beta.post(`/letters/${letterId}/place`, { position: '700' });
  const answer = await writeByForm(beta, 'send', {
    to: 'alpha',
    title: `Re: ${letter.title}`,
    body: letter.body,
  });
  await world.settle();
  await alpha.get(`/letters/${answer}`);
  await alpha.post('/drafts', { discard: draftId });
  const copy = await alpha.post('/settings/export/archive', { current: password });
  if (copy.headers['content-type'] !== 'application/zip') throw new Error('no copy of the letters was made');
  const { links, addresses } = await changeEmail(world, alpha);
  const factor = await switchAppOn(world, alpha);
  await breakThings(world, alpha);
  await visitAll(alpha, { letterId, draftId, code });

  const session = alpha.cookies.get('bff') ?? '';
  const keys = await keysOf(world, session);
  const shared = [
    ...Object.entries(letter).map(([name, secret]) => ({ name, secret })),
    ...windowsOf('photo', picture.bytes),
    ...windowsOf('preview', preview.bytes),
  ];
  const own = [
    ...Object.entries(draft).map(([name, secret]) => ({ name: `draft ${name}`, secret })),
    { name: 'autosaved text', secret: autosaved },
    { name: 'refused text', secret: refused },
    { name: 'file name', secret: fileName },
    { name: 'session', secret: session },
    ...triplesOf(words),
    ...factor.marks,
  ];
  const never = [
    { name: 'password', secret: password },
    ...windowsOf('photo as uploaded', photo),
    ...[cameraMarks.make, cameraMarks.owner, cameraMarks.description, cameraMarks.xmp].map((secret) => ({
      name: 'what the camera wrote',
      secret,
    })),
    ...keys,
  ];

  await alpha.post('/logout', {});
  nobody.cookies.set('bff', session);
  await visitAll(nobody, { letterId, draftId, code });
  nobody.cookies.clear();
  for (const visitor of [nobody, gamma]) {
    await visitAll(visitor, { letterId, draftId, code });
    await breakThings(world, visitor);
  }
  own.push(await logInWithCode(alpha, factor.codes[0] ?? ''));
  await world.settle();
  const token = { name: 'invitation', secret: invitation.slice('/friends/join/'.length) };
  return { alpha, beta, gamma, nobody, shared, own, addresses, links, never, invitation: [token] };
}
