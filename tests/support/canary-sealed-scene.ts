import { makePasswordRecord, makeRecoveryRecord } from '#core/accounts/password-record.ts';
import { makeAccount, openWithPhrase, provePassword } from '#core/accounts/sealed-account.ts';
import { type Bytes, fromBase64Url, toHex } from '#core/bytes.ts';
import { openWithSubkey } from '#core/crypto/aead.ts';
import { importHkdfKey } from '#core/crypto/hkdf.ts';
import { deriveRecoveryKeys, newLetterKey } from '#core/crypto/index.ts';
import { openDraftView } from '#core/drafts/load-draft.ts';
import { sealDraft } from '#core/drafts/seal-draft.ts';
import { newId } from '#core/id.ts';
import { argon2Node } from '../../client/argon2-node.ts';
import { type BffClient, createBffClient } from '../../client/node.ts';
import { keysOf } from '../../client/saved-session.ts';
import type { Place } from './canary-places.ts';
import type { Mark } from './canary-search.ts';
import { mark, triplesOf, windowsOf } from './canary-secrets.ts';
import type { ServedInstallation } from './installation-http.ts';
import { verificationToken } from './journey-people.ts';
import { makePhoto } from './make-photos.ts';

export interface SealedScene {
  /** Of no business of the server's: what was written, and what opens it. */
  secrets: Mark[];
  /** What the server is told to check a password or words by. It says it to nobody, and writes it nowhere. */
  proofs: Mark[];
  /** Every request of both friends, and every answer they got. */
  requests: Place[];
  answers: Place[];
  /** What their programs had open. */
  opened: Place[];
}

const identityPurpose = 'bff/v1/identity';

/** Two friends with sealed sessions from the first day on: they join, write, save, read, change the password and reset it. */
export async function playSealedScene(world: ServedInstallation): Promise<SealedScene> {
  const scene: SealedScene = { secrets: [], proofs: [], requests: [], answers: [], opened: [] };
  const keep = (name: string, secret: string | Uint8Array) => {
    scene.secrets.push({ name, secret });
    return secret;
  };
  const proof = (name: string, secret: Bytes) => {
    scene.proofs.push({ name, secret });
    return secret;
  };
  const written = (name: string): string => {
    const secret = mark(name);
    keep(name, secret);
    return secret;
  };
  const recording = recordingFetch(scene);
  const newClient = () => createBffClient({ url: world.url, fetch: recording });

  async function enter(username: string, password: string): Promise<{ client: BffClient; words: string[] }> {
    const { api } = newClient();
    const { userId, keyShare, ticket } = await api.accounts.beginJoin.mutate();
    const made = await makeAccount(argon2Node, password, { userId, epoch: 1 }, keyShare);
    scene.secrets.push(...triplesOf(made.words));
    const email = `${username}@example.test`;
    const input = { userId, ticket, username, email, ...made.record };
    const { token } = await api.accounts.joinSealed.mutate(input);
    const { authKey } = await deriveRecoveryKeys(made.words);
    const joining = createBffClient({ url: world.url, fetch: withToken(recording, token) });
    await joining.api.accounts.confirmRecoveryPhraseSealed.mutate({
      authKey: proof('key of the words', authKey),
    });
    await api.accounts.verifyEmail.mutate({ token: await verificationToken(world, email) });
    const client = newClient();
    await client.logIn({ username, password });
    return { client, words: made.words };
  }

  const password = written('password');
  const { client: alpha, words } = await enter('alpha', password);
  const { client: beta } = await enter('beta', written('other password'));
  await alpha.api.friends.request.mutate({ code: (await beta.api.friends.myCode.query()).code });
  await beta.api.friends.accept.mutate({ username: 'alpha' });
  const { session } = alpha;
  if (!session) throw new Error('alpha is not logged in');
  const keys = await keysOf(session);
  const masterKey = fromBase64Url(session.masterKey);
  keep('master key', masterKey);
  const publicKey = fromBase64Url(session.identityPublicKey);
  const wrapped = fromBase64Url(session.wrappedIdentityKey);
  const bound = [session.userId, session.epoch, publicKey];
  // The last 32 bytes are the key itself (RFC 8410).
  const privateKey = await openWithSubkey(await importHkdfKey(masterKey), identityPurpose, bound, wrapped);
  keep('identity key', privateKey.slice(-32));

  const [title, body, caption] = [written('title'), written('body'), written('caption')];
  const alt = written('description');
  const photo = await makePhoto(2, { width: 1200, height: 900 });
  scene.secrets.push(...windowsOf('photo as taken', photo));
  const sent = await alpha.letters.send({ to: 'beta', title, body, photos: [{ photo, caption, alt }] });
  await world.settle();
  const draftKey = newLetterKey();
  keep('letter key', draftKey);
  const draftId = newId();
  const content = { title: written('draft title'), body: written('draft body'), photos: [] };
  const stampIdea = written('stamp idea');
  const sealed = await sealDraft(keys, { draftId, key: draftKey, content, to: 'beta', stampIdea });
  await alpha.api.drafts.save.mutate({ draftId, version: 0, to: 'beta', photos: [], ...sealed });
  const draft = await openDraftView(keys, await alpha.api.drafts.get.query({ id: draftId }));
  scene.opened.push({ name: 'the draft', content: JSON.stringify(draft.content) + draft.stampIdea });

  const letter = await beta.letters.open(sent.id);
  const picture = await letter.photo(0);
  scene.secrets.push(...windowsOf('photo as read', picture.bytes));
  scene.opened.push({ name: 'the letter', content: JSON.stringify(letter.content) });
  scene.opened.push({ name: 'the photo', content: picture.bytes });
  await beta.letters.send({
    to: 'alpha',
    title: written('answer title'),
    body: written('answer body'),
  });
  await world.settle();
  for await (const { id, title: name } of alpha.letters.inbox())
    scene.opened.push({
      name: 'the answer',
      content: JSON.stringify([name, (await alpha.letters.open(id)).content]),
    });

  const proven = await provePassword(
    argon2Node,
    password,
    await alpha.api.accounts.kdf.query({ username: 'alpha' }),
  );
  await alpha.api.emailChange.request.mutate({
    email: 'alpha.new@example.test',
    proof: { authKey: proven.authKey },
  });
  await world.settle();
  const own = { userId: session.userId, epoch: session.epoch };
  const share = await world.container.serverKeys.keyShare(own.userId, own.epoch);
  const recordOf = (typed: string) => makePasswordRecord(argon2Node, typed, own, share, masterKey);
  const changed = await recordOf(written('new password'));
  await alpha.api.accounts.changePasswordSealed.mutate({
    proof: { authKey: proof('key of the password', proven.authKey) },
    password: { ...changed, authKey: proof('key of the new password', changed.authKey) },
  });

  const { api } = newClient();
  await api.accounts.requestReset.mutate({ email: 'alpha@example.test' });
  await world.settle();
  const mail = (await world.mails()).findLast(({ text }) => text.includes('/reset/'));
  const token = /\/reset\/([A-Za-z0-9_-]{43})\b/.exec(mail?.text ?? '')?.[1] ?? '';
  const { authKey: phraseKey } = await deriveRecoveryKeys(words);
  const reset = await api.accounts.openReset.mutate({ token, phraseKey });
  const same = toHex(await openWithPhrase(words, reset)) === toHex(masterKey);
  if (!same) throw new Error('the words open another key');
  const after = await recordOf(written('password after the reset'));
  await api.accounts.resetSealed.mutate({
    ...{ token, phraseKey, recovery: (await makeRecoveryRecord(own, masterKey)).record },
    password: { ...after, authKey: proof('key of the password after the reset', after.authKey) },
  });
  await world.settle();
  return scene;
}

function withToken(fetching: typeof fetch, token: string): typeof fetch {
  return (input, init) =>
    fetching(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } });
}

/** Notes what is asked and answered, whole. */
function recordingFetch({ requests, answers }: SealedScene): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const name = new URL(request.url).pathname;
    const asked = request.clone();
    const response = await fetch(request);
    const parts = async (head: string, from: Request | Response) =>
      Buffer.concat([
        Buffer.from(`${head}\n${JSON.stringify([...from.headers])}\n`),
        Buffer.from(await from.arrayBuffer()),
      ]);
    requests.push({ name: `asked ${name}`, content: await parts(request.url, asked) });
    answers.push({ name: `answer to ${name}`, content: await parts('', response.clone()) });
    return response;
  };
}
