import { Link, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { useRootData } from '#app/root-data.ts';
import { Icon } from '#app/ui/icons.tsx';
import { useNews } from '#app/ui/news.tsx';
import { hasLetterCome } from '#core/news.ts';

/** How far down, in pixels, a list still counts as read from its top. */
const nearTop = 200;

/**
 * Brings letters into the inbox as they arrive. Who has scrolled down isn't disturbed, and gets a
 * button.
 */
export function FreshLetters({ older }: { older: boolean }) {
  const listed = useRootData()?.news;
  const news = useNews();
  const { revalidate } = useRevalidator();
  const isStale = Boolean(news && listed && news.tag !== listed.tag);
  const hasCome = Boolean(news && listed && hasLetterCome(listed, news));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state
  useEffect(() => {
    // Without a new letter, nothing moves.
    if (isStale && (!hasCome || (!older && scrollY < nearTop))) revalidate();
  }, [isStale, news?.tag]);
  if (!hasCome) return null;
  const label = (
    <>
      <Icon name="inbox" /> A new letter
    </>
  );
  if (older)
    return (
      <Link to="/inbox" className="fresh-letters button button-primary">
        {label}
      </Link>
    );
  const show = () => {
    scrollTo({ top: 0 });
    document.getElementById('main')?.focus({ preventScroll: true });
    revalidate();
  };
  return (
    <button type="button" className="fresh-letters button button-primary" onClick={show}>
      {label}
    </button>
  );
}
