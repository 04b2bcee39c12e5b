/** The name of a device in a list of its owner's. */
export function DeviceName({ device }: { device: { name: string | null; current: boolean } }) {
  return (
    <h2 className="person-name">
      {device.name ?? 'A device that does not say what it is'}
      {device.current ? <span className="tag">This one</span> : null}
    </h2>
  );
}
