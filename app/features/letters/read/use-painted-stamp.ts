import { useEffect, useState } from 'react';

/**
 * Where the painted stamp of a letter is: an address of the server's, or in a sealed session an object URL of the opened
 * picture, which is gone with the page.
 */
export function usePaintedStamp(letterId: string, painted: boolean, sealed: boolean): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!painted || !sealed) return;
    let left = false;
    let made: string | undefined;
    void import('./open-stamp.ts')
      .then(({ openStamp }) => openStamp(letterId))
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
  }, [letterId, painted, sealed]);
  if (!painted) return undefined;
  return sealed ? url : `/letters/${letterId}/stamp`;
}
