import { useEffect, useState } from 'react';
import { browserAccess } from './browser-access.ts';
import { useSealedUsername } from './use-sealed-username.ts';

/**
 * Where the painted stamp of a letter is: an address of the server's, or in a sealed session an object URL of the opened
 * picture, which is gone with the page.
 */
export function usePaintedStamp(letterId: string, painted: boolean): string | undefined {
  const [url, setUrl] = useState<string>();
  const username = useSealedUsername();
  useEffect(() => {
    if (!painted || username === null) return;
    let left = false;
    let made: string | undefined;
    void openHere(username, letterId)
      .then((picture) => {
        if (left || !picture) return;
        made = URL.createObjectURL(picture);
        setUrl(made);
      })
      // The drawn stamp stays.
      .catch(() => undefined);
    return () => {
      left = true;
      setUrl(undefined);
      if (made) URL.revokeObjectURL(made);
    };
  }, [letterId, painted, username]);
  if (!painted) return undefined;
  return username === null ? `/letters/${letterId}/stamp` : url;
}

async function openHere(username: string, letterId: string): Promise<Blob | null> {
  const [access, { openStamp }] = await Promise.all([
    browserAccess(username),
    import('#core/letters/open-photo.ts'),
  ]);
  const picture = access && (await openStamp(access, letterId));
  return picture && new Blob([picture.bytes], { type: picture.mediaType });
}
