/**
 * Procedures with large answers, mostly bytes. Each must be called on its own: in a batch, the
 * answers would be built in parallel and held until the last one is done, so the server refuses
 * them there.
 */
export const singleCalls: ReadonlySet<string> = new Set([
  'photos.upload',
  'letters.get',
  'letters.photo',
  'drafts.get',
  'drafts.photo',
  'drafts.list',
  'stamps.get',
  'exports.account',
]);
