package dev.tintype.cli.batch;

import dev.tintype.client.Capture;

/**
 * One capture of a batch as it was asked for.
 *
 * @param number of the line, from 1
 */
public record BatchLine(int number, Capture capture) {}
