/** How letters are opened on a device, for its owner. */
export const deviceModes = {
  sealed: 'Letters are opened on the device itself',
  assisted: 'Letters are opened by the server for it',
};
