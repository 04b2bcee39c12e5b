type WordsCardProps = {
  words: readonly string[];
  /** Printed on the card, so that a user with two accounts knows which one it unlocks. */
  username?: string;
};

/** The recovery words, to write down or print. Selecting the list copies one word a line. */
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
