import { useFieldName } from '#app/ui/sealed-fields.tsx';

/**
 * An invisible first button, which Enter presses in a one-line field. It saves: a letter must only
 * be sent on purpose.
 */
export function DefaultSubmit() {
  return (
    <button
      type="submit"
      {...useFieldName('intent')}
      value="save"
      className="visually-hidden"
      tabIndex={-1}
      aria-hidden="true"
    >
      Save as draft
    </button>
  );
}
