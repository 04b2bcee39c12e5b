/** How letters are opened on a device, for its owner. */
export const deviceModes = {
  sealed: 'opened on the device itself',
  assisted: 'opened by the server for it',
};
