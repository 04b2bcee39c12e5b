import { useFieldName } from '#app/ui/sealed-fields.tsx';

/**
 * The button that the Enter key presses in a field of one line, as it is the first of the form: a letter is sent on purpose
 * only. Nobody sees it or comes to it with the Tab key.
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
