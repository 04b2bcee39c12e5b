import type { AppClient } from '#app/http/api.server.ts';

/** The current values of settings, in words. */
export interface SettingsNow {
  name: string;
  email: string;
  notifications: string;
  twoFactor: string;
  devices: string;
  sealing: string;
}

const byEmail = { each: 'Every letter, by email', daily: 'Daily summary, by email', off: 'No emails' };

/** Reads what stands beside each row of the settings. */
export async function readSettingsNow(api: AppClient): Promise<SettingsNow> {
  const [profile, notices, factors, devices, assisted] = await Promise.all([
    api.profile.read.query(),
    api.notifications.settings.query(),
    api.secondFactor.settings.query(),
    api.devices.list.query(),
    api.accounts.assisted.query(),
  ]);
  return {
    name: profile.displayName,
    email: profile.emailAddress,
    notifications: byEmail[notices.email] + (notices.sms === 'on' ? ', and texts' : ''),
    twoFactor: factors.on ? 'On' : 'Off',
    devices: devices.length === 1 ? 'Only this one' : `${devices.length} logged in`,
    sealing: assisted.forbidden ? 'Only on your devices' : 'Also on our server, without JavaScript',
  };
}
