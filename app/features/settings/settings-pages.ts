import type { SettingIconName } from './setting-icon.tsx';
import type { SettingsNow } from './settings-now.server.ts';

interface SettingsPage {
  to: string;
  icon: SettingIconName;
  name: string;
  /** What the page is for, where there is no value to show. */
  about: string;
  /** Which of the current values is the page's. */
  value?: keyof SettingsNow;
}

export const settingsPages: { title: string; pages: SettingsPage[] }[] = [
  {
    title: 'You',
    pages: [
      { to: '/settings/profile', icon: 'person', name: 'Profile', about: 'Name, time zone', value: 'name' },
      { to: '/settings/email', icon: 'email', name: 'Email address', about: '', value: 'email' },
      {
        to: '/settings/notifications',
        icon: 'bell',
        name: 'Notifications',
        about: 'Email, texts, quiet hours',
        value: 'notifications',
      },
      { to: '/settings/appearance', icon: 'lamp', name: 'Appearance', about: 'Light or dark, and text size' },
    ],
  },
  {
    title: 'Security',
    pages: [
      { to: '/settings/password', icon: 'key', name: 'Password', about: 'What you log in with' },
      {
        to: '/settings/two-factor',
        icon: 'shield',
        name: 'Two-step login',
        about: 'A code from your phone or a passkey',
        value: 'twoFactor',
      },
      { to: '/settings/recovery', icon: 'words', name: 'Recovery words', about: 'Get new words' },
      {
        to: '/settings/devices',
        icon: 'device',
        name: 'Devices',
        about: 'See and log out your devices',
        value: 'devices',
      },
      {
        to: '/settings/sealing',
        icon: 'seal',
        name: 'Where letters are decrypted',
        about: '',
        value: 'sealing',
      },
      { to: '/settings/activity', icon: 'clock', name: 'Activity', about: 'Logins and changes' },
    ],
  },
  {
    title: 'Your data',
    pages: [
      {
        to: '/settings/export',
        icon: 'download',
        name: 'A copy of your letters',
        about: 'One file, readable offline',
      },
      {
        to: '/settings/delete',
        icon: 'bin',
        name: 'Delete your account',
        about: '7 days to change your mind',
      },
    ],
  },
];
