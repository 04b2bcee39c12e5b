import { expect, it } from 'vitest';
import { coarseAddress } from '#server/audit/coarse-address.ts';
import { describeDevice } from '#server/audit/describe-device.ts';

it.each([
  ['203.0.113.77', '203.0.x.x'],
  ['::ffff:203.0.113.77', '203.0.x.x'],
  ['127.0.0.1', 'this machine'],
  ['::1', 'this machine'],
  ['192.168.1.5', 'the local network'],
  ['172.31.0.1', 'the local network'],
  ['172.32.0.1', '172.32.x.x'],
  ['fe80::1%eth0', 'the local network'],
  ['fd12:3456::1', 'the local network'],
  ['2001:DB8:1:2:3:4:5:6', '2001:db8:…'],
  ['2001:db8::77', '2001:db8:…'],
  ['2001::77', '2001:0:…'],
  ['::77', '0:0:…'],
  ['unknown', null],
  ['', null],
  [undefined, null],
])('cuts the address %s down to %s', (address, coarse) => {
  expect(coarseAddress(address)).toBe(coarse);
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    'Chrome on Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15', 'Safari on Mac'],
  ['bff/1.0 (Linux)', 'A program on Linux'],
  ['<script>alert(1)</script>', 'A program'],
  ['', null],
  [null, null],
])('puts the browser %s into words', (userAgent, words) => {
  expect(describeDevice(userAgent)).toBe(words);
});
