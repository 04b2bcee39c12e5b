import { isCryptoRefusal } from '#core/crypto/index.ts';
import type { OpenedPhoto } from '#core/letters/open-photo.ts';
import type { LoadContext, LocalAccess } from '../http/api.server.ts';
import { notFoundPage, throwNotFound } from '../http/errors.server.ts';
import { photoResponse, sealedPhotoResponse } from '../http/photo-response.server.ts';

/**
 * Answers with a picture: opened where the session holds the keys, else sealed as it is kept, for the page's script.
 *
 * @param damaged for the operator's log, should it not authenticate
 */
export function pictureAnswer(
  context: LoadContext,
  damaged: Parameters<LoadContext['reportDamaged']>,
  {
    open,
    sealed,
  }: {
    open(access: LocalAccess): Promise<OpenedPhoto | null>;
    /** Left out for a picture that scripts get from a procedure. */
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
