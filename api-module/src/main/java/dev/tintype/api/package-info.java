/**
 * HTTP in, jobs out. {@link dev.tintype.api.Routes} is the whole surface in one file, with one
 * handler for each resource; {@link dev.tintype.api.Problems} is the one table from errors to
 * statuses.
 *
 * <p>What a client may rely on is {@code openapi.yaml}, beside this package in the resources. A
 * route, a problem or a field is added there as well as in the code; {@code ApiDocumentTest} says
 * what is missing where, and every answer of every test is held against it.
 *
 * <p>No request waits for a render: every wait goes through {@link dev.tintype.api.http.Waiter},
 * which bounds it. Everything runs on the event loop of its verticle, but for the reading of a
 * batch, and nothing here blocks. Knows the queue only by its seams: neither Redis nor the browser
 * may enter.
 */
@NullMarked
package dev.tintype.api;

import org.jspecify.annotations.NullMarked;
