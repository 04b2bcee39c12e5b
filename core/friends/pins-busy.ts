/** The pins were saved by others at every attempt. */
export class PinsBusy extends Error {
  override readonly name = 'PinsBusy';

  constructor() {
    super('Another of your devices is saving at the same moment. Please try again.');
  }
}
