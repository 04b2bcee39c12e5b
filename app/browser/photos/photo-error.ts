import type { PhotoTrouble } from './photo-messages.ts';

export class PhotoError extends Error {
  override readonly name = 'PhotoError';
  readonly trouble: PhotoTrouble;

  constructor(trouble: PhotoTrouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}
