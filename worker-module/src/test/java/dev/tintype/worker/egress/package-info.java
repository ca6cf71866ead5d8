/** Tests of the egress proxy over real sockets on loopback. */
@NullMarked
package dev.tintype.worker.egress;

import org.jspecify.annotations.NullMarked;
