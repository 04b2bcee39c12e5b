/** A sheet with lines where there will be words, for a letter that is being opened. */
export function LetterSkeleton() {
  return (
    <div className="sheet skeleton" aria-hidden="true">
      <div className="skeleton-lines" />
    </div>
  );
}
