import type { Bytes } from '#core/bytes.ts';

/** Turns a phrase into a picture. The phrase is all it is ever told: no name, no letter, no id. */
export interface StampPainter {
  /**
   * Asks for one picture. Each call costs, and two calls with the same idea are two pictures.
   *
   * @returns the file as the service made it: at most 5 MB, a picture by its first bytes, not decoded yet
   * @throws {PainterRefused} when asking again gets the same answer
   * @throws {PainterUnavailable} when it may be another one later
   */
  paint(idea: string): Promise<Bytes>;
}

/** No picture, for good. `code` is fit for a log: it never quotes the idea or an address. */
export class PainterRefused extends Error {
  override readonly name = 'PainterRefused';
  readonly code: string;

  constructor(code: string) {
    super(`The painter gave no picture: ${code}`);
    this.code = code;
  }
}

/** No picture this time. `code` is fit for a log. */
export class PainterUnavailable extends Error {
  override readonly name = 'PainterUnavailable';
  readonly code: string;

  constructor(code: string) {
    super(`The painter is not there: ${code}`);
    this.code = code;
  }
}
