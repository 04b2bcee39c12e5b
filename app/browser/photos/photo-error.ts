import type { PhotoTrouble } from './photo-messages.ts';

/** There is no photo; `trouble` says why. */
export class PhotoError extends Error {
  override readonly name = 'PhotoError';
  readonly trouble: PhotoTrouble;

  constructor(trouble: PhotoTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}
