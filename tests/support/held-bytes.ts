import { vi } from 'vitest';

/** Of a secret of an app, a key, and a private key as PKCS #8. */
const KEY_LENGTHS = [20, 32, 48];

/**
 * Watches the bytes that go into WebCrypto and come out of it. What is encrypted or was decrypted and has the length of a
 * key is taken for one.
 */
export function watchKeyBytes() {
  const buffers = new Set<ArrayBufferLike>();
  const keys: Buffer[] = [];
  const see = (data: unknown) => {
    if (data instanceof ArrayBuffer) buffers.add(data);
    else if (ArrayBuffer.isView(data)) buffers.add(data.buffer);
  };
  const seeKey = (data: unknown) => {
    see(data);
    const bytes = ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data as ArrayBuffer);
    if (KEY_LENGTHS.includes(bytes.length)) keys.push(Buffer.from(bytes));
  };
  const { decrypt, encrypt, exportKey, importKey } = crypto.subtle;
  const subtle = crypto.subtle;
  const random = crypto.getRandomValues.bind(crypto);
  vi.spyOn(subtle, 'decrypt').mockImplementation(async (...given) => {
    const opened = await decrypt.apply(subtle, given);
    seeKey(opened);
    return opened;
  });
  vi.spyOn(subtle, 'encrypt').mockImplementation((...given) => {
    seeKey(given[2]);
    return encrypt.apply(subtle, given);
  });
  vi.spyOn(subtle, 'exportKey').mockImplementation((async (...given: Parameters<typeof exportKey>) => {
    const exported = await exportKey.apply(subtle, given);
    if (given[0] === 'pkcs8') seeKey(exported);
    return exported;
  }) as typeof exportKey);
  vi.spyOn(subtle, 'importKey').mockImplementation((async (...given: Parameters<typeof importKey>) => {
    see(given[1]);
    return importKey.apply(subtle, given);
  }) as typeof importKey);
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    see(array);
    return random(array as never);
  });
  return {
    /** How many keys there were. */
    seen: () => keys.length,
    /** How many of the bytes that were seen are a key still. */
    held: () =>
      [...buffers].filter((buffer) => keys.some((key) => Buffer.from(buffer as ArrayBuffer).includes(key)))
        .length,
  };
}
