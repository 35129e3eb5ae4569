/** For code that must stay quick with whatever it is given: ends it when it takes hundreds of times as long as it should. */
import { runInNewContext } from 'node:vm';

const patienceMs = 25_000;

/**
 * A test's own time limit cannot end code that never lets go of the thread, such as an expression that backtracks for years.
 * @param task takes a fraction of a second, so that no machine is slow enough to fail it
 * @throws once it has taken 25 s
 */
export function mustEnd(task: () => void): void {
  runInNewContext('task()', { task }, { timeout: patienceMs });
}
