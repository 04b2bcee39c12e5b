import { expect, it } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { everyByte, sampleDraft } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

const later = (ms: number) => new Date(Date.now() + ms);

export function stampStoreTests(context: SuiteContext): void {
  it('keeps the first idea for a letter, until it is forgotten', async () => {
    const { stampIdeas } = context.stores;
    const idea = { id: newId(), idea: everyByte, forgetAt: later(HOUR) };
    expect(await stampIdeas.insert(idea)).toBe('inserted');
    expect(await stampIdeas.insert({ ...idea, idea: new Uint8Array(1) })).toBe('exists');
    expect(await stampIdeas.find(idea.id)).toEqual(idea);
    await stampIdeas.forget(idea.id);
    await stampIdeas.forget(idea.id);
    expect(await stampIdeas.find(idea.id)).toBeNull();
    expect(await stampIdeas.find('no id')).toBeNull();
  });

  it('lists ideas by when they are to be forgotten, within a span, the soonest first', async () => {
    const { stampIdeas } = context.stores;
    // Further off than the ideas of other tests.
    const at = (hours: number) => later((1000 + hours) * HOUR);
    const [third, first, second, outside] = [newId(), newId(), newId(), newId()];
    const hours: [string, number][] = [
      [third, 3],
      [first, 1],
      [second, 2],
      [outside, 4],
    ];
    for (const [id, hour] of hours) await stampIdeas.insert({ id, idea: everyByte, forgetAt: at(hour) });
    const span = { from: at(0), before: at(3.5) };
    expect(await stampIdeas.listWaiting(span, 10)).toEqual([first, second, third]);
    expect(await stampIdeas.listWaiting(span, 2)).toEqual([first, second]);
  });

  it('keeps the first picture of a letter, for one friend or for both', async () => {
    const { stampPictures } = context.stores;
    const stamp = {
      id: newId(),
      picture: everyByte,
      sealedForReceiver: everyByte,
      sealedForAuthor: everyByte,
      paintedAt: new Date(1_700_000_000_000),
    };
    expect(await stampPictures.has(stamp.id)).toBe(false);
    expect(await stampPictures.insert(stamp)).toBe('inserted');
    expect(await stampPictures.insert({ ...stamp, picture: new Uint8Array(1) })).toBe('exists');
    expect(await stampPictures.find(stamp.id)).toEqual(stamp);
    expect(await stampPictures.has(stamp.id)).toBe(true);
    const half = { ...stamp, id: newId(), sealedForReceiver: null };
    await stampPictures.insert(half);
    expect(await stampPictures.find(half.id)).toEqual(half);
    expect([await stampPictures.find('no id'), await stampPictures.has('no id')]).toEqual([null, false]);
  });

  it('keeps the idea in a draft that is saved without one, and takes it out when told', async () => {
    const { drafts } = context.stores;
    const draft = { ...sampleDraft(), stampIdea: everyByte };
    const { stampIdea: _, ...without } = draft;
    const ideaOf = async () => (await drafts.find(draft.id, draft.authorId))?.stampIdea;
    await drafts.save(draft, 0);
    expect(await ideaOf()).toEqual(everyByte);
    await drafts.save(without, 1);
    expect(await ideaOf()).toEqual(everyByte);
    await drafts.save({ ...without, stampIdea: null }, 2);
    expect(await ideaOf()).toBeNull();
  });
}
