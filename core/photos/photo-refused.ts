/** Thrown for a file that can't be used; the message is for the user who chose it. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused';
  readonly code: 'invalid-input' | 'too-large';

  constructor(message: string, code: 'invalid-input' | 'too-large' = 'invalid-input') {
    super(message);
    this.code = code;
  }
}
