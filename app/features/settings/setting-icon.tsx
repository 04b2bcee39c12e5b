/** Apart from those of the frame, which every page loads. */
const shapes = {
  person: (
    <>
      <circle cx="12" cy="8.5" r="3.8" />
      <path d="M4.5 20c.8-4.2 3.5-6.2 7.5-6.2s6.7 2 7.5 6.2" />
    </>
  ),
  email: (
    <>
      <circle cx="12" cy="12" r="3.6" />
      <path d="M15.6 8.5v4.7c0 3.4 4.9 3 4.9-1.2a8.5 8.5 0 1 0-3.6 7" />
    </>
  ),
  bell: <path d="M4.5 17c2-2 2-4 2-7a5.5 5.5 0 0 1 11 0c0 3 0 5 2 7zM10 19.5c.6 1.3 3.4 1.3 4 0" />,
  lamp: (
    <>
      <path d="M8 3.5h8l3 9.5H5zM12 13v7.5M8 20.5h8" />
    </>
  ),
  key: (
    <>
      <circle cx="8" cy="15.5" r="4" />
      <path d="m11 12.5 8.5-8.5M16 7.5l3 3" />
    </>
  ),
  shield: <path d="M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6zM9 12l2.2 2.2L15.2 10" />,
  words: <path d="M5 4.5h14v15H5zM8 9h3m2 0h3M8 12h3m2 0h3M8 15h3m2 0h3" />,
  device: <path d="M7.5 3.5h9v17h-9zM10.5 17.5h3" />,
  seal: <path d="M6.5 10.5h11v9h-11zM9 10.5V8a3 3 0 0 1 6 0v2.5M12 14v2.5" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  download: <path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15" />,
  bin: <path d="M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 10.5v6m3-6v6" />,
  chevron: <path d="m9.5 5.5 6.5 6.5-6.5 6.5" />,
} as const;

export type SettingIconName = keyof typeof shapes;

/** A small icon in a row of the settings; decorative, so hidden from screen readers. */
export function SettingIcon({ name }: { name: SettingIconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
