import type { Writable } from 'node:stream';

/** JSON followed by byte strings, which are read and written without being copied into text. */
export interface Frame {
  head: object;
  parts: Uint8Array<ArrayBuffer>[];
}

/** Ends a process whose photo exceeds its limits. Any other signal comes from outside. */
export const SPENT_SIGNAL = 'SIGVTALRM';

const LENGTH_BYTES = 4;

/** `length of the head (4, big-endian) ‖ head, with the lengths of the parts ‖ parts`. */
export function writeFrame(stream: Writable, { head, parts }: Frame): void {
  const text = Buffer.from(JSON.stringify({ head, lengths: parts.map(({ length }) => length) }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  for (const bytes of [length, text, ...parts]) stream.write(bytes);
}

/** Assembles frames from arriving bytes. Each part gets memory of its own and is copied once. */
export function createFrameReader(onFrame: (frame: Frame) => void): (arrived: Uint8Array) => void {
  let wanted: Uint8Array<ArrayBuffer>[] = [new Uint8Array(LENGTH_BYTES)];
  let step: 'length' | 'head' | 'parts' = 'length';
  let [index, filled] = [0, 0];
  let head: object = {};

  const expect = (next: typeof step, lengths: number[]) => {
    step = next;
    wanted = lengths.map((length) => new Uint8Array(length));
    [index, filled] = [0, 0];
  };
  const complete = () => {
    const [first = new Uint8Array()] = wanted;
    if (step === 'length') return expect('head', [new DataView(first.buffer).getUint32(0)]);
    if (step === 'head') {
      const header = JSON.parse(Buffer.from(first).toString()) as { head: object; lengths: number[] };
      head = header.head;
      expect('parts', header.lengths);
      if (header.lengths.length > 0) return;
    }
    const frame = { head, parts: wanted };
    expect('length', [LENGTH_BYTES]);
    onFrame(frame);
  };

  return (arrived) => {
    for (let at = 0; at < arrived.length; ) {
      const target = wanted[index] as Uint8Array;
      const taken = arrived.subarray(at, at + target.length - filled);
      target.set(taken, filled);
      at += taken.length;
      filled += taken.length;
      if (filled < target.length) continue;
      [index, filled] = [index + 1, 0];
      if (index === wanted.length) complete();
    }
  };
}
