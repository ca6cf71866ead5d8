/**
 * The Lua scripts, one file per atomic step, in the resource folder {@code dev/tintype/redis}. The
 * header of a file is its contract: keys, arguments with units, and every reply. Functions that
 * several scripts need are in the folder {@code parts}.
 */
@NullMarked
package dev.tintype.redis.script;

import org.jspecify.annotations.NullMarked;
