export const deviceModes = {
  sealed: 'decrypted on the device',
  assisted: 'decrypted on our server',
};
