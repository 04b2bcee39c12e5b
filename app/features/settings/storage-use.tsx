import { describeBytes } from '#core/describe-bytes.ts';

export function StorageUse({ used, quota }: { used: number; quota: number }) {
  return (
    <section className="settings-group" aria-labelledby="storage">
      <h2 id="storage">Storage</h2>
      <p>
        {describeBytes(used)} of {describeBytes(quota)} used
      </p>
      <meter
        className="storage-meter"
        aria-labelledby="storage"
        min={0}
        max={quota}
        high={0.9 * quota}
        value={used}
      >
        {describeBytes(used)}
      </meter>
      <p className="field-hint">
        Letters and photos you make count; what friends send you doesn’t. Space from a deleted draft is free
        after about a minute.
      </p>
    </section>
  );
}
