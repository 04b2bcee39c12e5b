import type { Bytes } from '#core/bytes.ts';

/** Turns a phrase into a picture. It receives only the phrase: no name, no letter, no id. */
export interface StampPainter {
  /**
   * Asks for one picture. Each call costs money, and repeating an idea gives another picture.
   *
   * @returns the service's file: at most 5 MB, a picture by its first bytes, not decoded yet
   * @throws {PainterRefused} when trying again cannot help
   * @throws {PainterUnavailable} when trying again may help
   */
  paint(idea: string): Promise<Bytes>;
}

/** A permanent failure. `code` is safe to log: it never quotes the idea or an address. */
export class PainterRefused extends Error {
  override readonly name = 'PainterRefused';
  readonly code: string;

  constructor(code: string) {
    super(`The painter gave no picture: ${code}`);
    this.code = code;
  }
}

/** A temporary failure. `code` is safe to log. */
export class PainterUnavailable extends Error {
  override readonly name = 'PainterUnavailable';
  readonly code: string;

  constructor(code: string) {
    super(`The painter is not there: ${code}`);
    this.code = code;
  }
}
