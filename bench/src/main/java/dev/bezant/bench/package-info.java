/**
 * Measurements that are run by hand: nothing here is run by tests, and nothing else knows this module. The command for each is in its Javadoc.
 */
@NullMarked
package dev.bezant.bench;

import org.jspecify.annotations.NullMarked;
