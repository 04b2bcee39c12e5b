import { Transform } from 'node:stream';

/**
 * Passes on everything React writes of a page in one go as one piece: it writes two kilobytes at a time, and each
 * would be compressed and sent separately.
 *
 * Also removes the zero bytes that React 18 leaves where a character of several bytes does not fit into its buffer
 * (https://github.com/facebook/react/issues/24985). A browser would show each as a character nobody wrote, and it
 * would be saved with the draft. No page has a zero byte of its own: HTML does not allow them.
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
