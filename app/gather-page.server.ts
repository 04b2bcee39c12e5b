import { Transform } from 'node:stream';

/**
 * Gathers what React writes of a page at one go: it writes two kilobytes at a time, and each would make its own way through
 * compression and to the network.
 *
 * Leaves out the zero bytes that React 18 puts where a character of several bytes does not fit into its buffer
 * (https://github.com/facebook/react/issues/24985). A browser would show each as a character that nobody has written, and a
 * draft would be saved with it. No page has a zero byte of its own: HTML knows none.
 */
export function gatherPage(): Transform {
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
