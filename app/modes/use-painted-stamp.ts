import { useEffect, useState } from 'react';
import { loadOpenPhoto } from '../browser/photos/load-open-photo.ts';
import { browserAccess } from './browser-access.ts';
import { useSealedUsername } from './use-sealed-username.ts';

/**
 * Returns the URL of a letter's painted stamp. In a sealed session it is an object URL, revoked
 * when the page is left.
 */
export function usePaintedStamp(letterId: string, painted: boolean): string | undefined {
  const [url, setUrl] = useState<string>();
  const username = useSealedUsername();
  useEffect(() => {
    if (!painted || username === null) return;
    let left = false;
    let objectUrl: string | undefined;
    void openHere(username, letterId)
      .then((picture) => {
        if (left || !picture) return;
        objectUrl = URL.createObjectURL(picture);
        setUrl(objectUrl);
      })
      // Keep the drawn stamp.
      .catch(() => undefined);
    return () => {
      left = true;
      setUrl(undefined);
      if (objectUrl) URL.revokeObjectURL(objectUrl);
    };
  }, [letterId, painted, username]);
  if (!painted) return undefined;
  return username === null ? `/letters/${letterId}/stamp` : url;
}

async function openHere(username: string, letterId: string): Promise<Blob | null> {
  const [access, { openStamp }] = await Promise.all([browserAccess(username), loadOpenPhoto()]);
  const picture = access && (await openStamp(access, letterId));
  return picture && new Blob([picture.bytes], { type: picture.mediaType });
}
