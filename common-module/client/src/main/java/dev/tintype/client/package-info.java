/**
 * A client of the API, for Java programs; the command line is one of them.
 *
 * <p>{@link dev.tintype.client.TintypeClient} is the door: it submits, waits, lists, fetches,
 * cancels and deletes, and repeats what got lost on the way without doing it twice. What goes wrong
 * is a {@link dev.tintype.client.TintypeException} of a kind that tells what to do. {@link
 * dev.tintype.webhook.WebhookVerifier} is for programs that would rather be called; {@link
 * dev.tintype.client.RemoteWebhooks} tells what became of those calls. {@link
 * dev.tintype.client.RemoteBatches} has many captures at once.
 *
 * <p>Calls block. Waiting is {@link dev.tintype.client.EndWatch}: many short questions, so that no
 * proxy on the way sees a long one. Following is {@link dev.tintype.client.EventWatch}: streams of
 * events, each of which goes on where the one before has ended.
 *
 * <p>HTTP and the nouns of the house are all that it knows: the JDK, Jackson, and the rooms {@code
 * json}, {@code job} and {@code request}. Redis, the queue, Vert.x and logging may not enter; what
 * the server knows is read from its answers.
 */
@NullMarked
package dev.tintype.client;

import org.jspecify.annotations.NullMarked;
