import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { NewPasskeyAnswer } from '#core/schemas/second-factor.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { announceChange, authoriseChange, type ChangeProof } from './authorise-change.ts';
import { changeFactor } from './change-factor.ts';
import { factorsOf } from './factors-of.ts';
import { newOneTimeCodes } from './one-time-codes.ts';
import { newPasskeyOptions, passkeyRefused, readNewPasskey } from './passkey-ceremonies.ts';
import { keepQuestion, takeQuestion } from './passkey-questions.ts';
import { type NewPasskeyOptions, passkeysWorkAt } from './relying-party.ts';
import { noSuchPasskey } from './remove-factor.ts';

/**
 * Creates the browser's options for a new passkey.
 *
 * @throws {AppError} as {@link authoriseChange}; `forbidden` when passkeys cannot be made for this
 *   installation's address; `conflict` at the maximum number.
 */
export async function beginPasskey(
  ctx: Context,
  actor: Actor,
  proof: ChangeProof,
): Promise<NewPasskeyOptions> {
  if (!passkeysWorkAt(ctx.env.APP_URL)) {
    throw new AppError(
      'forbidden',
      'Passkeys need HTTPS and a domain name, and this installation doesn’t have both.',
    );
  }
  const { passkeys } = await factorsOf(ctx, actor.userId);
  if (passkeys.length >= limits.passkeys) throw tooMany();
  await authoriseChange(ctx, actor, proof);
  const options = await newPasskeyOptions(ctx, actor, passkeys);
  await keepQuestion(ctx, actor.userId, 'make', options.challenge);
  return options;
}

/**
 * Adds the passkey that the browser made. Uses its challenge up, whatever the answer.
 *
 * @returns ten one-time codes, shown only this once, when this is the first second factor; else
 *   null
 * @throws {AppError} `invalid-input` on `passkey` when it does not answer the challenge; `conflict`
 *   at the maximum number.
 */
export async function finishPasskey(
  ctx: Context,
  actor: Actor,
  { name, answer }: { name: string; answer: NewPasskeyAnswer },
): Promise<{ codes: string[] | null }> {
  const { userId } = actor;
  const asked = await takeQuestion(ctx, userId, 'make');
  if (!asked) throw passkeyRefused('This took too long. Please start again.');
  const made = await readNewPasskey(ctx, asked, answer);
  const { on, passkeys } = await factorsOf(ctx, userId);
  if (passkeys.length >= limits.passkeys) throw tooMany();
  // Codes come before the passkey: once it is required, there must be another way in.
  const fresh = on ? null : await newOneTimeCodes(ctx.serverKeys, userId);
  if (fresh) {
    const fields = { codeMacs: fresh.macs, codesSince: ctx.now() };
    await changeFactor(ctx, userId, () => ({ result: null, fields }));
  }
  const passkey = { id: newId(), userId, name, createdAt: ctx.now(), ...made };
  if ((await ctx.stores.passkeys.insert(passkey)) === 'exists') {
    throw passkeyRefused('This passkey is already in use.');
  }
  await announceChange(ctx, actor, 'passkey-added');
  return { codes: fresh?.codes ?? null };
}

/** @throws {AppError} `not-found` when this user has no such passkey. */
export async function renamePasskey(
  ctx: Context,
  actor: Actor,
  { id, name }: { id: string; name: string },
): Promise<void> {
  if (!(await ctx.stores.passkeys.rename(actor.userId, id, name))) throw noSuchPasskey();
}

function tooMany(): AppError {
  return new AppError('conflict', `You already have ${limits.passkeys} passkeys. Remove one first.`);
}
