/*
 * WebCrypto as it was before it knew X25519: the algorithm is none that it has. For a process that imports this before
 * anything else; text, because it is also run in a browser.
 */
export const refuseX25519 = `
for (const name of ['generateKey', 'importKey', 'deriveBits', 'deriveKey']) {
  const known = SubtleCrypto.prototype[name];
  SubtleCrypto.prototype[name] = function (...parameters) {
    const [first, second, third] = parameters;
    const algorithm = name === 'importKey' ? third : first;
    if ((algorithm?.name ?? algorithm) === 'X25519')
      return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    return known.apply(this, parameters);
  };
}`;
