export const themes = ['device', 'light', 'dark'] as const;
export const textSizes = ['normal', 'large', 'larger'] as const;
export interface Appearance {
  theme: (typeof themes)[number];
  text: (typeof textSizes)[number];
}
