const Line = () => <span className="skeleton-line" />;

/** A sheet without words, for a letter that is being opened. */
export function LetterSkeleton() {
  return (
    <div className="sheet skeleton" aria-hidden="true">
      <div className="sheet-head">
        <div className="sheet-post">
          <div className="stamp stamp-large" />
        </div>
        <p className="sheet-meta">
          <Line />
          <Line />
        </p>
        <p className="sheet-title">
          <Line />
        </p>
      </div>
      <div className="letter-text">
        {Array.from({ length: 8 }, (_, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all the same
          <Line key={n} />
        ))}
      </div>
    </div>
  );
}
