/** What waits for a user, counted. */
export interface News {
  /** Letters that wait to be opened, up to one more than is shown. */
  letters: number;
  /** Requests that wait for this user's answer. */
  requests: number;
  /** Friends who have accepted this user's request since they looked. */
  acceptances: number;
  /** Names this state of things; ends with the id of the latest letter. */
  tag: string;
  /** The display name of the author of a letter that has come since the state asked about. */
  arrivedFrom: string | null;
}

/** Whether a letter has come between two states. */
export function hasLetterCome(before: Pick<News, 'tag'>, after: Pick<News, 'tag'>): boolean {
  return latestOf(before) !== latestOf(after);
}

const latestOf = ({ tag }: Pick<News, 'tag'>) => tag.split('-').at(-1);
