import { crc32, inflateRawSync } from 'node:zlib';

/** A file found in an archive. */
export interface Unzipped {
  name: string;
  bytes: Buffer;
}

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/**
 * Reads a ZIP the way a strict program does: by its directory at the end, and each file's length and checksum compared
 * with it (APPNOTE 6.3.10, without Zip64, encryption and several disks).
 *
 * @throws for anything that does not fit together
 */
export function readZip(archive: Buffer): Unzipped[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectory) throw new Error('no end of a directory');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files: Unzipped[] = [];
  for (let n = 0; n < count; n += 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error(`no directory entry ${n}`);
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString('utf8');
    const header = archive.readUInt32LE(at + 42);
    if (archive.readUInt32LE(header) !== localHeader) throw new Error(`no header of ${name}`);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    const bytes = archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    if (bytes.length !== archive.readUInt32LE(at + 24)) throw new Error(`wrong length of ${name}`);
    if (crc32(bytes) !== archive.readUInt32LE(at + 16)) throw new Error(`wrong checksum of ${name}`);
    files.push({ name, bytes });
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
