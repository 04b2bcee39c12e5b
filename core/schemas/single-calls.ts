/**
 * Procedures whose answers carry bytes, or much else: each is called by itself. In a batch they would be built side by
 * side and held together until the last of them is done, so the server refuses them there.
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
