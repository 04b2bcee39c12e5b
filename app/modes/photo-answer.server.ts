import { isCryptoRefusal } from '#core/crypto/index.ts';
import type { OpenedPhoto } from '#core/letters/open-photo.ts';
import type { LoadContext, LocalAccess } from '../http/api.server.ts';
import { notFoundPage, throwNotFound } from '../http/errors.server.ts';
import { photoResponse, sealedPhotoResponse } from '../http/photo-response.server.ts';

/**
 * Responds with an image: opened where the session holds the keys, else still sealed, for the
 * page's script.
 *
 * @param damaged the report for the operator's log if it doesn't authenticate
 */
export function pictureAnswer(
  context: LoadContext,
  damaged: Parameters<LoadContext['reportDamaged']>,
  {
    open,
    sealed,
  }: {
    open(access: LocalAccess): Promise<OpenedPhoto | null>;
    /** Omitted for an image that scripts get from a procedure. */
    sealed?(api: LocalAccess['api']): Promise<{ bytes: Uint8Array<ArrayBuffer> }>;
  },
): Promise<Response> {
  return throwNotFound(async () => {
    const access = await context.access();
    if (!access) return sealed ? sealedPhotoResponse(await sealed(await context.client())) : notFoundPage();
    const picture = await open(access).catch((error: unknown) => {
      if (!isCryptoRefusal(error)) throw error;
      context.reportDamaged(...damaged);
      return null;
    });
    return picture ? photoResponse(picture) : notFoundPage();
  });
}
