export function DeviceName({ device }: { device: { name: string | null; current: boolean } }) {
  return (
    <h2 className="person-name">
      {device.name ?? 'Unknown device'}
      {device.current ? <span className="tag">This device</span> : null}
    </h2>
  );
}
