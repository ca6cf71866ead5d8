/**
 * The test kit of all modules: a real Redis (alone, with Sentinels, as a cluster, behind a faulty
 * network), a server of pages, fixtures, and the contract suites that hold the promises of the
 * seams. Travels in the test-jar.
 */
@NullMarked
package dev.tintype.testing;

import org.jspecify.annotations.NullMarked;
