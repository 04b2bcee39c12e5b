import type { Bytes } from '#core/bytes.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import type { PhotoToOpen } from '../browser/photos/photo-messages.ts';
import type { AppClient, LoadContext } from '../http/api.server.ts';

/**
 * A photo on a page: a URL where the server opens it, or sealed, with its key, for the browser to
 * open.
 */
export type PagePhoto = { url: string } | PhotoToOpen;

/** The user's keys and API to open a page with, on the server or in the browser. */
export interface PageAccess extends LetterAccess {
  api: AppClient;
  photo(photo: PhotoToOpen): PagePhoto;
  /**
   * Passes a value with a secret to the page. The server wipes the secret instead: its pages
   * contain none.
   */
  keep<Value>(secret: Bytes, value: Value): Promise<Value | null>;
  /** Reports damaged content to the operator's log; does nothing in the browser. */
  reportDamaged: LoadContext['reportDamaged'];
}
