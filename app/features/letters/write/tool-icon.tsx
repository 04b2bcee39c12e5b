const shapes = {
  earlier: 'M19.5 12h-15m5.5-5.5L4.5 12l5.5 5.5',
  later: 'M4.5 12h15M14 6.5l5.5 5.5-5.5 5.5',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  place: 'M4 5h16M4 19h16M7 9h10v6H7z',
  remove: 'm6 6 12 12M18 6 6 18',
} as const;

/** An icon of the editor. Apart from those of every page, whose bytes are counted. */
export function ToolIcon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
