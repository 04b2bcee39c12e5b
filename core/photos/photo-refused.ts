/** The file cannot be taken; the message is a sentence for whoever chose it. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused';
  readonly code: 'invalid-input' | 'too-large';

  constructor(message: string, code: 'invalid-input' | 'too-large' = 'invalid-input') {
    super(message);
    this.code = code;
  }
}
