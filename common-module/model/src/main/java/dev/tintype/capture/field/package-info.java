/**
 * Fields of a request, whatever they mean: types, defaults, rules, and how a table of fields is
 * read from a JSON body, a query or a command line.
 *
 * <p>A {@link dev.tintype.capture.field.FieldTable} is made of {@link
 * dev.tintype.capture.field.OptionGroup}s. Everything that a caller sees of a field (its errors,
 * its flag, its schema, its row in the documentation) is derived from the one {@link
 * dev.tintype.capture.field.Field} constant. No option of a capture is named here.
 */
@NullMarked
package dev.tintype.capture.field;

import org.jspecify.annotations.NullMarked;
