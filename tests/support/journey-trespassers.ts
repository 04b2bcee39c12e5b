import { createVisitor, jpeg, type Visitor } from './http-client.ts';
import type { ServedInstallation } from './installation-http.ts';
import { befriendByForms, enter, joinByForm, writeByForm } from './journey-visitors.ts';
import { makePhoto } from './make-photos.ts';

/** Who has a whole account. A removed friend, and one who was blocked and is not told, were friends of beta once. */
export type Outsider = 'stranger' | 'removed' | 'blocked';
export const outsiders: Outsider[] = ['stranger', 'removed', 'blocked'];

/** A letter and a draft of two friends, and the people who have no business with them. */
export interface Scene {
  alpha: Visitor;
  beta: Visitor;
  /** Who has no business here, by what they are. */
  trespassers: Record<'nobody' | 'joining' | Outsider, Visitor>;
  letterId: string;
  draftId: string;
  /** Of beta. */
  code: string;
  /** Texts that only the two friends may ever be shown. */
  secrets: string[];
}

/** Sets the scene. The title is in the letter only, so that its absence elsewhere means something. */
export async function setScene(world: ServedInstallation): Promise<Scene> {
  const visitor = () => createVisitor(world.url);
  const [alpha, beta, joining] = [visitor(), visitor(), visitor()];
  const [stranger, removed, blocked] = [visitor(), visitor(), visitor()];
  await Promise.all([
    enter(world, alpha, 'alpha'),
    enter(world, beta, 'beta'),
    enter(world, stranger, 'gamma'),
    joinByForm(joining, 'delta'),
    enter(world, removed, 'removed'),
    enter(world, blocked, 'blocked'),
  ]);
  await befriendByForms(alpha, beta, 'alpha');
  await befriendByForms(removed, beta, 'removed');
  await befriendByForms(blocked, beta, 'blocked');
  await beta.post('/friends/remove/removed', {});
  await beta.post('/friends', { intent: 'block', username: 'blocked' });
  const code = /\/friends\/add\/([0-9A-Z-]{11})/.exec((await beta.get('/friends')).text)?.[1] ?? '';
  const photos = [jpeg(await makePhoto(1, { width: 320, height: 240 }))];
  const secrets = [
    'secret title of alpha',
    'secret body of alpha',
    'secret caption',
    'secret draft title',
    'secret draft body',
  ];
  const [title = '', body = '', caption = '', draftTitle = '', draftBody = ''] = secrets;
  const letterId = await writeByForm(alpha, 'send', { to: 'beta', title, body, captions: [caption], photos });
  const draftId = await writeByForm(alpha, 'save', {
    to: 'beta',
    title: draftTitle,
    body: draftBody,
    photos,
  });
  await world.settle();
  return {
    alpha,
    beta,
    trespassers: { nobody: visitor(), joining, stranger, removed, blocked },
    letterId,
    draftId,
    code,
    secrets: [...secrets, `${code.slice(0, 5)}-${code.slice(5)}`],
  };
}
