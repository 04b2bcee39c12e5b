import { type ComponentType, useEffect, useState } from 'react';

/**
 * Loads a component after the page, which is complete without it; null until then, and if it can't
 * be loaded.
 *
 * @param load imports its module
 */
export function useLate<Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  isWanted = true,
): ComponentType<Props> | null {
  const [loaded, setLoaded] = useState<{ default: ComponentType<Props> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same module each time
  useEffect(() => {
    if (isWanted) load().then(setLoaded, () => undefined);
  }, [isWanted]);
  return loaded?.default ?? null;
}
