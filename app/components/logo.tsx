/** The mark: an envelope whose flap folds into a heart. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 40 32" aria-hidden="true" focusable="false">
      <rect className="logo-envelope" x="1.5" y="3.500" width="37" height="27" rx="3" />
      <path className="logo-flap" d="M3 6 20 19 37 6" />
      <path
        className="logo-heart"
        d="M20 26c-6.200-4.300-8.500-7-8.500-10.100 0-2.700 2-4.700 4.400-4.700 1.700 0 3.200.9 4.100 2.500.9-1.600 2.400-2.500 4.100-2.500 2.400 0 4.400 2 4.400 4.700C28.500 19 26.200 21.700 20 26Z"
      />
    </svg>
  );
}
