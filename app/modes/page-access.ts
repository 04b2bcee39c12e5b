import type { Bytes } from '#core/bytes.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import type { PhotoToOpen } from '../browser/photos/photo-messages.ts';
import type { AppClient, LoadContext } from '../http/api.server.ts';

/** A photo on a page: at an address where the server opens it, or sealed, with what opens it in the browser. */
export type PagePhoto = { url: string } | PhotoToOpen;

/** What a page is opened with: the user's keys and procedures, on the server or in the browser. */
export interface PageAccess extends LetterAccess {
  api: AppClient;
  /** Says where the page gets a photo from. */
  photo(photo: PhotoToOpen): PagePhoto;
  /** Hands something on to the page that holds a secret. The server zeroes the secret instead: its pages carry none. */
  keep<Value>(secret: Bytes, value: Value): Promise<Value | null>;
  /** Tells the operator's log of what is not as it was sealed; the browser tells nobody. */
  reportDamaged: LoadContext['reportDamaged'];
}
