type WordsCardProps = {
  /** The 12 recovery words, in order. */
  words: readonly string[];
  /** Printed on the card, so that a person with two accounts knows which one it opens. */
  username?: string;
};

/** The recovery words, made to be written down or printed; selecting the list copies them as one line each. */
export function WordsCard({ words, username }: WordsCardProps) {
  return (
    <section className="words-card" aria-labelledby="words-card-title">
      <h2 id="words-card-title">Your {words.length} words</h2>
      {username ? (
        <p className="words-account">
          Project BFF · <strong>{username}</strong>
        </p>
      ) : null}
      <ol className="words-list">
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand in two places
          <li key={index} className="word" translate="no">
            {word}
          </li>
        ))}
      </ol>
    </section>
  );
}
