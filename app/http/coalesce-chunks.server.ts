import { Transform } from 'node:stream';

/**
 * Joins everything React writes in one turn into one chunk. React writes two kilobytes at a time,
 * and each would be compressed and sent separately.
 *
 * Also removes the zero bytes that React 18 leaves where a multi-byte character doesn't fit into
 * its buffer (https://github.com/facebook/react/issues/24985). Browsers would show each as a stray
 * character, and it would be saved with the draft. HTML allows no zero bytes, so no page has any of
 * its own.
 */
export function coalesceChunks(): Transform {
  let pieces: Buffer[] = [];
  let passing: NodeJS.Immediate | undefined;
  const gathered = () => {
    const page = Buffer.concat(pieces);
    pieces = [];
    passing = undefined;
    return page.includes(0) ? page.filter((byte) => byte !== 0) : page;
  };
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      passing ??= setImmediate(() => this.push(gathered()));
      done();
    },
    flush(done) {
      clearImmediate(passing);
      done(null, gathered());
    },
    destroy(error, done) {
      clearImmediate(passing);
      done(error);
    },
  });
}
