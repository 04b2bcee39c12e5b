import { Transform } from 'node:stream';

/**
 * A page without the zero bytes that React 18 leaves in it where a character of several bytes does not fit into its buffer
 * (https://github.com/facebook/react/issues/24985). A browser would show each as a character that nobody has written, and a
 * draft would be saved with it. No page has a zero byte of its own: HTML knows none.
 */
export function dropNulBytes(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
}
