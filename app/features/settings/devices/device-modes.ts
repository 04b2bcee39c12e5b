/** How letters are opened on a device, for its owner. */
export const deviceModes = {
  sealed: 'decrypted on the device',
  assisted: 'decrypted on our server',
};
