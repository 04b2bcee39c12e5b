import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A vitest reporter. Prints one line: how many attacks the security tests made, how many succeeded,
 * and whether the servers still answer. `tests/support/count-attacks.ts` says what counts.
 */
export default class {
  folder = mkdtempSync(join(tmpdir(), 'bff-attacks-'));

  constructor() {
    process.env.ATTACK_NOTES = join(this.folder, 'notes');
    writeFileSync(process.env.ATTACK_NOTES, '');
  }

  /** @param {ReadonlyArray<import('vitest/node').TestModule>} modules */
  onTestRunEnd(modules) {
    const notes = readFileSync(join(this.folder, 'notes'), 'utf8').trim().split('\n');
    rmSync(this.folder, { recursive: true, force: true });
    /** @param {string} kind */
    const sum = (kind) =>
      notes.reduce((total, note) => {
        const [word, times] = note.split(' ');
        return word === kind ? total + Number(times) : total;
      }, 0);
    const failed = modules.reduce((total, module) => {
      const tests = [...module.children.allTests('failed')].length;
      // The attacks of a file that doesn't load, or whose hooks throw, were never made.
      return total + Math.max(tests, module.ok() ? 0 : 1);
    }, 0);
    const gotIn = failed === 0 ? '0 got in' : `${failed} tests failed, so something may have got in`;
    const [up, down] = [sum('up'), sum('down')];
    const servers = down === 0 ? 'all' : `all but ${down}`;
    const tried = sum('repelled').toLocaleString('en');
    console.log(
      `\nAttacks: ${tried} tried, ${gotIn}; ${up + down} servers, ${servers} of them up at the end`,
    );
  }
}
