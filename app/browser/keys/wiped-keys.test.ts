import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import { randomBytes } from '#core/bytes.ts';
import { createIdentity, importMasterKey } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { stubKeyStore } from '#tests/support/fake-key-store.ts';

const words = ['lantern', 'otter', 'waltz'];

async function keysOf(username: string): Promise<HeldKeys> {
  const [raw, owner] = [randomBytes(32), { userId: newId(), epoch: 1 }];
  const { identity } = await createIdentity(raw, owner);
  return { ...owner, username, masterKey: await importMasterKey(raw), identity };
}

let records: Map<string, unknown>;
/** Whose session the server says it is. */
let me: { username: string; mode: string } | null;
let reload: ReturnType<typeof vi.fn>;
beforeEach(() => {
  records = stubKeyStore();
  me = null;
  reload = vi.fn();
  vi.resetModules();
  vi.doMock('react', () => ({ useEffect: (effect: () => () => void) => ends.push(effect()) }));
  vi.doMock('#app/browser/browser-api.ts', () => ({
    browserApi: { accounts: { me: { query: async () => me } } },
  }));
  const listeners = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (name: string, listen: () => void) => listeners.set(name, listen));
  vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
  vi.stubGlobal('location', { reload });
  const document = { visibilityState: 'visible', addEventListener() {}, removeEventListener() {} };
  vi.stubGlobal('document', { ...document, querySelector: () => null });
  comeBack = () => listeners.get('pageshow')?.();
});
const ends: (() => void)[] = [];
let comeBack: () => void;
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.doUnmock('react');
  vi.doUnmock('#app/browser/browser-api.ts');
  vi.resetModules();
  vi.unstubAllGlobals();
});

const keyring = () => import('#app/browser/keys/keyring.ts');
const pendingWords = async (keys: HeldKeys) =>
  (await import('#app/browser/keys/pending-phrase.ts')).pendingWords(keys);
/** A page of the session of this name; of none for null. */
async function openPage(username: string | null): Promise<void> {
  const { useWipedKeys: watch } = await import('#app/modes/use-wiped-keys.ts');
  watch(username);
}

describe('the keys a browser holds', () => {
  it('are gone once they are wiped, with the words that wait beside them, and pins stay', async () => {
    const { heldKeys, holdKeys, wipeKeys } = await keyring();
    const { pinMemory } = await import('#app/browser/keys/pin-memory.ts');
    const keys = await keysOf('alpha');
    await holdKeys(keys, words);
    await pinMemory(keys.userId).remember({ pins: randomBytes(40), version: 1, since: 1 });
    expect(await heldKeys()).toBe(keys);
    expect(await pendingWords(keys)).toEqual(words);
    await wipeKeys();
    expect(await heldKeys()).toBeNull();
    expect(await pendingWords(keys)).toBeNull();
    expect([...records.keys()]).toEqual([`pins:${keys.userId}`]);
    await wipeKeys();
  });

  it('are replaced by those of whoever logs in next, with the words', async () => {
    const { heldKeys, holdKeys } = await keyring();
    const [alpha, beta] = [await keysOf('alpha'), await keysOf('beta')];
    await holdKeys(alpha, words);
    await holdKeys(beta);
    expect(await heldKeys()).toBe(beta);
    expect(records.size).toBe(1);
  });
});

describe('a page', () => {
  it.each([
    ['of nobody, whose session has ended, wipes them', null, null],
    ['of nobody wipes them after a log-in without JavaScript', null, { username: 'alpha', mode: 'assisted' }],
    ['of somebody else wipes them', 'beta', { username: 'beta', mode: 'sealed' }],
  ])('%s', async (_, username, session) => {
    const { holdKeys } = await keyring();
    await holdKeys(await keysOf('alpha'), words);
    me = session;
    await openPage(username);
    await expect.poll(() => records.size).toBe(0);
  });

  it.each([
    ['of their own leaves them', 'alpha'],
    ['of nobody leaves them when another tab has logged in since', null],
  ])('%s', async (_, username) => {
    const { heldKeys, holdKeys } = await keyring();
    const keys = await keysOf('alpha');
    await holdKeys(keys);
    me = { username: 'alpha', mode: 'sealed' };
    await openPage(username);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await heldKeys()).toBe(keys);
    expect(reload).not.toHaveBeenCalled();
  });

  it('that comes back after the keys were wiped does not stay', async () => {
    const { holdKeys, wipeKeys } = await keyring();
    await holdKeys(await keysOf('alpha'));
    me = { username: 'alpha', mode: 'sealed' };
    await openPage('alpha');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await wipeKeys();
    comeBack();
    await expect.poll(() => reload.mock.calls.length).toBe(1);
  });
});
