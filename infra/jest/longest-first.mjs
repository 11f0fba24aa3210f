import Sequencer from '@jest/test-sequencer';

/**
 * What takes longest begins first, so that no worker is left alone with it at the end. Jest itself goes by the size of a file
 * where it has not seen it run, and those that play outages on servers are short.
 */
const ranks = [/\/apart[/.].*e2e\.test\./, /\.e2e\.test\./, /\.int\.test\./, /./];
const rank = ({ path }) => ranks.findIndex((pattern) => pattern.test(path));

export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
